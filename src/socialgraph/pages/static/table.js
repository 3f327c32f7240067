// The picture's twin: exactly the edges that are visible, as a table anyone can read, print and copy.
"use strict";
(function (sg) {
  sg.drawTable = function (page) {
    const { words } = page;
    const visible = page.visible().edges;
    const edges = page.picture.edges.filter((edge) => visible.has(edge.id));
    const key = (edge) => `${page.kindLabel("relation", edge.kind)}\u0000${words.of(edge.sentence)}`;
    edges.sort((a, b) => key(a).localeCompare(key(b), words.lang) || (a.id < b.id ? -1 : 1));
    const columns = ["col_relation", "col_kind", "col_period", "col_state", "col_sources"];
    const cell = (column, ...content) => sg.h("td", { "data-column": words.t(column) }, ...content);
    const cited = (edge) => {
      const places = new Map();
      for (const claim of edge.claims) places.set(claim.source, [...(places.get(claim.source) || []), ...(claim.locator ? [words.locator(claim.locator)] : [])]);
      return sg.h("ul", {}, [...places].map(([id, where]) => {
        const source = page.sources.get(id);
        return sg.h("li", {}, source ? source.title : id, where.length ? sg.h("span", { class: "muted" }, ` (${[...new Set(where)].join("; ")})`) : null);
      }));
    };
    const rows = edges.map((edge) => sg.h("tr", { "data-edge": edge.id, class: page.state.edge === edge.id ? "chosen" : null },
      sg.h("th", { scope: "row", "data-column": words.t("col_relation") }, sg.h("button", { type: "button", class: "link", onclick: () => page.pickFromTable(edge.id) }, sg.h("span", {}, words.of(edge.sentence)))),
      cell("col_kind", page.kindTitle("relation", edge.kind)), cell("col_period", words.of(edge.period)),
      cell("col_state", sg.stroke(page.stroke(edge.state)), page.stateTitle(edge.state)), cell("col_sources", cited(edge))));
    sg.byId("table").replaceChildren(
      sg.h("caption", {}, words.t("table_caption", { n: edges.length })),
      sg.h("thead", {}, sg.h("tr", {}, columns.map((column) => sg.h("th", { scope: "col" }, words.t(column))))),
      sg.h("tbody", {}, rows.length ? rows : sg.h("tr", {}, sg.h("td", { colspan: columns.length, class: "muted" }, words.t("table_empty")))));
  };
})((window.socialgraph = window.socialgraph || {}));
