// What is shown: boxes for kinds and states, choices of county, topic and source, focus, hubs; each with its number on the day.
"use strict";
(function (sg) {
  const STATES = ["certain", "presumed", "possible", "planned", "wished", "ended"];
  sg.MOST = 1500; // so many nodes a picture may have: more inform nobody
  sg.FOLD = 5; // so many that belong to one node only are folded into it
  sg.HUB = 25; // from so many relations on a node is a hub

  // What there is to filter by: for each list its ids, the most frequent first (states in their own order).
  sg.filterLists = function (picture) {
    const tally = (things, key) => {
      const counts = new Map();
      for (const thing of things) counts.set(thing[key], (counts.get(thing[key]) || 0) + 1);
      return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    };
    const dated = picture.edges.some((edge) => edge.days);
    const states = new Set(picture.edges.map((edge) => (dated ? edge.status : edge.state)));
    const there = STATES.filter((state) => states.has(state) || (dated && ["certain", "presumed", "possible", "ended"].includes(state)));
    return { relation: tally(picture.edges, "kind"), entity: tally(picture.nodes, "kind"), state: picture.edges.length ? there.map((id) => ({ id, count: 0 })) : [] };
  };

  const own = {
    county: (page, edge, id) => [edge.source, edge.target, ...edge.mentions].some((end) => end === id || (page.nodes.has(end) && page.nodes.get(end).county === id)),
    topic: (page, edge, id) => (edge.topics || []).includes(id),
    source: (page, edge, id) => edge.claims.some((claim) => claim.source === id),
  };
  sg.CHOICES = Object.keys(own);

  // Whether a relation passes every filter but the one left out.
  function passes(page, edge, skip) {
    const { off, only } = page;
    const now = edge.state !== null && (skip === "state" || !off.state.has(edge.state));
    const then = page.since !== null && edge.then !== null && edge.then !== undefined && (skip === "state" || !off.state.has(edge.then));
    if (!now && !then) return false;
    if (skip !== "relation" && off.relation.has(edge.kind)) return false;
    if (skip !== "entity" && (off.entity.has(page.nodes.get(edge.source).kind) || off.entity.has(page.nodes.get(edge.target).kind))) return false;
    return sg.CHOICES.every((name) => name === skip || !only[name] || own[name](page, edge, only[name]));
  }

  function degrees(edges) {
    const degree = new Map();
    for (const edge of edges) for (const end of new Set([edge.source, edge.target])) degree.set(end, (degree.get(end) || 0) + 1);
    return degree;
  }

  // The relations around a node, up to so many steps away, and those between its neighbours.
  function around(edges, id, depth) {
    const ties = new Map();
    for (const edge of edges) for (const [a, b] of [[edge.source, edge.target], [edge.target, edge.source]]) ties.set(a, [...(ties.get(a) || []), b]);
    let [seen, rim] = [new Set([id]), [id]];
    for (let step = 0; step < depth; step += 1) {
      rim = [...new Set(rim.flatMap((at) => ties.get(at) || []))].filter((at) => !seen.has(at));
      for (const at of rim) seen.add(at);
    }
    return { seen, edges: edges.filter((edge) => seen.has(edge.source) && seen.has(edge.target)) };
  }

  // What belongs to one node only, in hundreds: folded into it until the reader opens it. Map hub → ids.
  sg.foldable = function (picture) {
    const ties = new Map();
    for (const edge of picture.edges) for (const [a, b] of [[edge.source, edge.target], [edge.target, edge.source]]) ties.set(a, (ties.get(a) || new Set()).add(b));
    const folds = new Map();
    for (const [id, found] of ties) {
      const [hub] = found;
      if (found.size === 1 && ties.get(hub).size >= sg.FOLD) folds.set(hub, [...(folds.get(hub) || []), id]);
    }
    return new Map([...folds].filter(([, ids]) => ids.length >= sg.FOLD));
  };

  // Ids of the nodes and edges that the filters leave; `hubs` are the nodes hidden as hubs, `cut` how many nodes were too many.
  sg.sift = function (page) {
    const { picture } = page;
    let edges = picture.edges.filter((edge) => passes(page, edge));
    const degree = degrees(edges);
    const hubs = [...degree].filter(([id, n]) => n >= sg.HUB && (!page.focus || page.focus.id !== id)).sort((a, b) => b[1] - a[1]).map(([id]) => id);
    const hidden = new Set(page.noHubs ? hubs : []);
    edges = edges.filter((edge) => !hidden.has(edge.source) && !hidden.has(edge.target));
    const folded = new Map();
    if (page.folding) {
      const into = new Map();
      for (const [hub, ids] of page.folds) if (!page.open.has(hub) && !(page.focus && page.focus.id === hub)) for (const id of ids) into.set(id, hub);
      edges = edges.filter((edge) => {
        const leaf = into.has(edge.source) ? edge.source : into.has(edge.target) ? edge.target : null;
        if (leaf === null || (page.focus && page.focus.id === leaf)) return true;
        folded.set(into.get(leaf), (folded.get(into.get(leaf)) || new Set()).add(leaf));
        return false;
      });
    }
    let alone = [...folded.keys()].filter((id) => !page.off.entity.has(page.nodes.get(id).kind));
    if (page.focus) {
      const near = around(edges, page.focus.id, page.focus.depth);
      edges = near.edges;
      alone = [page.focus.id];
      for (const id of [...folded.keys()]) if (!near.seen.has(id)) folded.delete(id);
    } else if (!page.off.relation.size && ![...page.off.state].some((state) => state !== "ended") && !sg.CHOICES.some((name) => page.only[name])) {
      const connected = new Set(picture.edges.flatMap((edge) => [edge.source, edge.target]));
      alone = [...alone, ...picture.nodes.filter((node) => !connected.has(node.id) && !page.off.entity.has(node.kind)).map((node) => node.id)];
    }
    let nodes = new Set([...edges.flatMap((edge) => [edge.source, edge.target]), ...alone]);
    const cut = Math.max(0, nodes.size - sg.MOST);
    if (cut) {
      const now = degrees(edges);
      nodes = new Set([...nodes].sort((a, b) => (now.get(b) || 0) - (now.get(a) || 0) || (a < b ? -1 : 1)).slice(0, sg.MOST));
      edges = edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
    }
    return { nodes, edges: new Set(edges.map((edge) => edge.id)), hubs, cut, folded };
  };

  // How many relations (of entities: nodes) each box and choice would show on this day, everything else as it is.
  sg.tally = function (page) {
    const counts = { relation: new Map(), entity: new Map(), state: new Map(), county: new Map(), topic: new Map(), source: new Map() };
    const add = (name, id) => counts[name].set(id, (counts[name].get(id) || 0) + 1);
    const seen = new Set();
    for (const edge of page.picture.edges) {
      if (passes(page, edge, "relation")) add("relation", edge.kind);
      if (edge.state !== null && passes(page, edge, "state")) add("state", edge.state);
      if (passes(page, edge, "entity")) for (const end of [edge.source, edge.target]) if (!seen.has(end)) { seen.add(end); add("entity", page.nodes.get(end).kind); }
      if (passes(page, edge, "topic")) for (const id of edge.topics || []) add("topic", id);
      if (passes(page, edge, "source")) for (const id of new Set(edge.claims.map((claim) => claim.source))) add("source", id);
      if (passes(page, edge, "county")) {
        const there = new Set([edge.source, edge.target, ...edge.mentions].map((end) => (page.nodes.has(end) ? page.nodes.get(end).county || end : end)));
        for (const { id } of page.picture.counties) if (there.has(id)) add("county", id);
      }
    }
    for (const node of page.picture.nodes) if (!seen.has(node.id) && !page.tied.has(node.id)) add("entity", node.kind);
    return counts;
  };

  sg.drawFilters = function (page) {
    const { words, lists, off } = page;
    const group = (name, title) => {
      const boxes = lists[name].map(({ id }) => {
        const box = sg.h("input", { type: "checkbox", "data-kind": id, "data-list": name, checked: !off[name].has(id), onchange: () => {
          if (box.checked) off[name].delete(id); else off[name].add(id);
          page.filtered();
        } });
        const mark = name === "entity" ? page.kindGlyph(id) : name === "state" ? sg.stroke(page.stroke(id)) : null;
        const label = name === "state" ? page.stateTitle(id) : page.kindTitle(name, id);
        return sg.h("li", {}, sg.h("label", {}, box, mark, sg.h("span", { class: "grow" }, label), sg.h("span", { class: "count", "data-count": `${name} ${id}` })));
      });
      const set = (on) => () => {
        off[name].clear();
        if (!on) for (const { id } of lists[name]) off[name].add(id);
        page.filtered();
        page.redrawFilters(`${name}-${on ? "all" : "none"}`);
      };
      return sg.h("fieldset", { "data-group": name }, sg.h("legend", {}, title),
        sg.h("div", { class: "pair" },
          sg.h("button", { type: "button", class: "small", id: `${name}-all`, "aria-label": `${title}: ${words.t("all")}`, onclick: set(true) }, words.t("all")),
          sg.h("button", { type: "button", class: "small", id: `${name}-none`, "aria-label": `${title}: ${words.t("none")}`, onclick: set(false) }, words.t("none"))),
        sg.h("ul", {}, boxes));
    };
    const choice = (name, given, label) => {
      if (!given.length) return null;
      const sorted = [...given].sort((a, b) => label(a).localeCompare(label(b), words.lang));
      const select = sg.h("select", { id: `only-${name}`, onchange: () => { page.only[name] = select.value; page.filtered(); } },
        sg.h("option", { value: "" }, words.t("every")), sorted.map((one) => sg.h("option", { value: one.id, selected: page.only[name] === one.id }, label(one))));
      select.value = page.only[name];
      return sg.h("label", { class: "choice" }, sg.h("span", {}, words.t(`only_${name}`)), select);
    };
    const named = (one) => sg.capital(words.of(one.label));
    const fold = sg.h("input", { type: "checkbox", id: "fold", checked: page.folding, onchange: () => { page.folding = fold.checked; page.open.clear(); page.filtered(); } });
    const hubs = sg.h("input", { type: "checkbox", id: "no-hubs", checked: page.noHubs, onchange: () => { page.noHubs = hubs.checked; page.filtered(); } });
    sg.byId("filters").replaceChildren(
      sg.h("h2", {}, words.t("filters")),
      sg.h("p", { id: "shown", class: "muted" }),
      sg.h("div", { class: "choices" }, choice("county", page.picture.counties, named), choice("topic", page.picture.topics, named), choice("source", page.picture.sources, (source) => source.title)),
      page.folds.size ? sg.h("label", { class: "choice check" }, fold, sg.h("span", {}, words.t("fold"))) : null,
      sg.h("label", { class: "choice check" }, hubs, sg.h("span", {}, words.t("no_hubs", { n: sg.HUB })), sg.h("span", { class: "count", id: "hubs" })),
      group("relation", words.t("relation_kinds")), group("entity", words.t("entity_kinds")), group("state", words.t("states")),
      sg.h("button", { type: "button", class: "button wide", id: "show-all", onclick: () => page.clearFilter("show-all") }, words.t("show_all")));
  };

  // The numbers beside boxes and choices, renewed without touching the boxes.
  sg.drawTally = function (page) {
    const counts = sg.tally(page);
    for (const place of document.querySelectorAll("#filters [data-count]")) {
      const [name, id] = place.dataset.count.split(" ");
      place.textContent = String(counts[name].get(id) || 0);
    }
    for (const name of sg.CHOICES) for (const option of document.querySelectorAll(`#only-${name} option`)) if (option.value) {
      option.textContent = `${option.textContent.replace(/ \(\d+\)$/, "")} (${counts[name].get(option.value) || 0})`;
    }
    const hubs = page.visible().hubs;
    sg.byId("hubs").textContent = hubs.length ? hubs.slice(0, 3).map((id) => page.words.of(page.nodes.get(id).label)).join(", ") + (hubs.length > 3 ? " …" : "") : "";
  };

  sg.drawLegend = function (page) {
    const { lists } = page;
    const item = (mark, label) => sg.h("li", {}, mark, label);
    // One line per look: kinds that are drawn alike share the name of what they are kinds of.
    const looks = new Map(lists.entity.map(({ id }) => [page.lookTitle(id), id]));
    const changes = page.since === null ? [] : ["began", "gone"].map((change) => item(sg.stroke(page.stroke(change)), sg.capital(page.words.t(change, { day: page.words.date(sg.dayText(page.since)) }))));
    const states = lists.state.filter(({ id }) => !page.off.state.has(id));
    sg.byId("legend").replaceChildren(
      sg.h("ul", {}, [...looks].map(([title, id]) => item(page.kindGlyph(id), title))),
      sg.h("ul", {}, changes, states.map(({ id }) => item(sg.stroke(page.stroke(id)), page.stateTitle(id)))));
  };
})((window.socialgraph = window.socialgraph || {}));
