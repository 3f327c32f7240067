// The picture's twin: exactly the edges that are visible, as a table anyone can read, sort, print and copy.
"use strict";
(function (sg) {
  const sorted = { column: "col_kind", down: false };

  // The rows of the table as texts: the table on the page and the file a reader takes along are made of the same.
  sg.tableRows = function (page) {
    const { words } = page;
    const visible = page.visible().edges;
    const cited = (edge) => {
      const places = new Map();
      for (const claim of edge.claims) places.set(claim.source, [...(places.get(claim.source) || []), ...(claim.locator ? [words.locator(claim.locator)] : [])]);
      return [...places].map(([id, where]) => [page.sources.has(id) ? page.sources.get(id).title : id, [...new Set(where)].join("; ")]);
    };
    return page.picture.edges.filter((edge) => visible.has(edge.id)).map((edge) => ({
      edge, col_relation: page.sentence(edge), col_kind: page.kindTitle("relation", edge.kind), col_period: words.of(edge.period),
      col_state: page.stateWords(edge), col_sources: cited(edge),
    }));
  };

  sg.drawTable = function (page) {
    const { words } = page;
    const columns = ["col_relation", "col_kind", "col_period", "col_state", "col_sources"];
    const rows = sg.tableRows(page);
    const key = (row) => `${String(row[sorted.column])}\u0000${row.col_relation}`;
    const order = new Intl.Collator(words.lang).compare;
    rows.sort((a, b) => (sorted.down ? -1 : 1) * order(key(a), key(b)) || (a.edge.id < b.edge.id ? -1 : 1));
    const cell = (column, ...content) => sg.h("td", { "data-column": words.t(column) }, ...content);
    const sort = (column) => () => {
      sorted.down = sorted.column === column && !sorted.down;
      sorted.column = column;
      sg.drawTable(page);
      document.querySelector(`#table [data-sort="${column}"]`).focus();
    };
    const head = (column) => {
      const state = sorted.column === column ? (sorted.down ? "descending" : "ascending") : "none";
      return sg.h("th", { scope: "col", "aria-sort": state }, sg.h("button", { type: "button", class: "sort", "data-sort": column, onclick: sort(column) }, words.t(column)));
    };
    sg.byId("table").replaceChildren(
      sg.h("caption", {}, words.t("table_caption", { n: rows.length }), " ", sg.h("span", { class: "muted" }, page.showing())),
      sg.h("thead", {}, sg.h("tr", {}, columns.map(head))),
      sg.h("tbody", {}, rows.length ? rows.map(({ edge, ...row }) => sg.h("tr", { "data-edge": edge.id, class: page.state.edge === edge.id ? "chosen" : null },
        sg.h("th", { scope: "row", "data-column": words.t("col_relation") },
          sg.h("button", { type: "button", class: "link", onclick: () => page.pickFromTable(edge.id) }, sg.h("span", {}, row.col_relation))),
        cell("col_kind", row.col_kind), cell("col_period", row.col_period), cell("col_state", sg.stroke(page.look(edge)), row.col_state),
        cell("col_sources", sg.h("ul", {}, row.col_sources.map(([title, where]) => sg.h("li", {}, title, where ? sg.h("span", { class: "muted" }, ` (${where})`) : null))))))
        : sg.h("tr", {}, sg.h("td", { colspan: columns.length, class: "muted" }, words.t("table_empty")))));
  };
})((window.socialgraph = window.socialgraph || {}));
