// Which kinds and states are shown: three lists of boxes with counts, and the legend under the picture.
"use strict";
(function (sg) {
  const STATES = ["certain", "presumed", "possible", "planned", "wished", "ended"];

  // What there is to filter by: for each list its ids with counts, the most frequent first (states in their own order).
  sg.filterLists = function (picture) {
    const tally = (things, key) => {
      const counts = new Map();
      for (const thing of things) counts.set(thing[key], (counts.get(thing[key]) || 0) + 1);
      return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
    };
    const known = (id) => (STATES.includes(id) ? STATES.indexOf(id) : STATES.length);
    return {
      relation: tally(picture.edges, "kind"),
      entity: tally(picture.nodes, "kind"),
      state: tally(picture.edges, "state").sort((a, b) => known(a.id) - known(b.id)),
    };
  };

  // Ids of the nodes and edges that the hidden kinds leave. A node without any relation left goes too, unless it never had one.
  sg.sift = function (picture, off) {
    const kinds = new Map(picture.nodes.map((node) => [node.id, node.kind]));
    const edges = new Set();
    const touched = new Set();
    const connected = new Set();
    for (const edge of picture.edges) {
      connected.add(edge.source).add(edge.target);
      if (off.relation.has(edge.kind) || off.state.has(edge.state)) continue;
      if (off.entity.has(kinds.get(edge.source)) || off.entity.has(kinds.get(edge.target))) continue;
      edges.add(edge.id);
      touched.add(edge.source).add(edge.target);
    }
    const untouched = !off.relation.size && !off.state.size;
    const nodes = new Set(picture.nodes.filter((node) => !off.entity.has(node.kind) && (touched.has(node.id) || (untouched && !connected.has(node.id)))).map((node) => node.id));
    return { nodes, edges };
  };

  sg.drawFilters = function (page) {
    const { words, lists, off } = page;
    const group = (name, title) => {
      const boxes = lists[name].map(({ id, count }) => {
        const box = sg.h("input", { type: "checkbox", "data-kind": id, "data-list": name, checked: !off[name].has(id), onchange: () => {
          if (box.checked) off[name].delete(id); else off[name].add(id);
          page.filtered();
        } });
        const mark = name === "entity" ? page.kindGlyph(id) : name === "state" ? sg.stroke(page.stroke(id)) : null;
        const label = name === "state" ? page.stateTitle(id) : page.kindTitle(name, id);
        return sg.h("li", {}, sg.h("label", {}, box, mark, sg.h("span", { class: "grow" }, label), sg.h("span", { class: "count" }, String(count))));
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
    sg.byId("filters").replaceChildren(
      sg.h("h2", {}, words.t("filters")),
      sg.h("p", { id: "shown", class: "muted" }),
      group("relation", words.t("relation_kinds")), group("entity", words.t("entity_kinds")), group("state", words.t("states")),
      sg.h("button", { type: "button", class: "button wide", id: "show-all", onclick: () => page.clearFilter("show-all") }, words.t("show_all")));
  };

  sg.drawLegend = function (page) {
    const { lists } = page;
    const item = (mark, label) => sg.h("li", {}, mark, label);
    // One line per look: kinds that are drawn alike share the name of what they are kinds of.
    const looks = new Map(lists.entity.map(({ id }) => [page.lookTitle(id), id]));
    sg.byId("legend").replaceChildren(
      sg.h("ul", {}, [...looks].map(([title, id]) => item(page.kindGlyph(id), title))),
      sg.h("ul", {}, lists.state.map(({ id }) => item(sg.stroke(page.stroke(id)), page.stateTitle(id)))));
  };
})((window.socialgraph = window.socialgraph || {}));
