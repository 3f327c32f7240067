// What the page was handed, made whole: rows become things again, and what goes without saying is said (`_data` in explorer.py).
"use strict";
(function (sg) {
  sg.unpack = function (picture, drawing) {
    for (const list of ["counties", "topics", "areas", "stories"]) picture[list] = picture[list] || [];
    for (const source of picture.sources) Object.assign(source, { publisher: "", published: "", basis: "", url: "", documents: [], ...source });

    const claims = (rows) => (rows || []).map(([source, locator = "", since = "", until = "", status = "", stated = "", note = "", documents = []]) => (
      { source: typeof source === "number" ? picture.sources[source].id : source, locator, since, until, status: status || "actual", stated, note, documents }));

    for (const node of picture.nodes) {
      Object.assign(node, { names: [], numbers: [], facts: [], county: "", called: [], ...node, given: node.label });
      node.facts = node.facts.map((fact) => ({ period: "", value: "", ...fact, claims: claims(fact.claims) }));
    }
    picture.edges = picture.edges.map(([id, kind, source, target, days, period, said, more]) => ({
      state: null, status: "actual", sentence: "", details: [], mentions: [], topics: [], ...more,
      id, kind: typeof kind === "number" ? picture.relation_kinds[kind].id : kind, source: picture.nodes[source].id, target: picture.nodes[target].id,
      period: picture.texts[period], claims: claims(said), fixed: (more && more.state) || null,
      days: days ? Object.fromEntries(["certain_from", "certain_until", "presumed_until", "possible_from", "possible_until", "first_seen"].map((name, i) => [name, days[i]])) : null,
    }));
    for (const story of picture.stories) {
      story.steps = story.steps.map((step) => ({ since: null, kinds: [], entities: [], relations: [], focus: "", ...step }));
    }

    const straight = new Set(picture.relation_kinds.filter((kind) => kind.glyph === "line").map((kind) => kind.id));
    drawing.edges = picture.edges.map((edge) => ({ id: edge.id, from: edge.source, to: edge.target, line: straight.has(edge.kind), bow: drawing.bows[edge.id] || 0 }));
    return { picture, drawing };
  };
})((window.socialgraph = window.socialgraph || {}));
