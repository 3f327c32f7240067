// Taking it along: the picture as PNG or SVG, the table as CSV or as a workbook, the network as GEXF or GraphML with its days, the query, the link.
"use strict";
(function (sg) {
  const xml = (text) => String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, " ");
  const EVER = { from: -719162, until: 2932896 };

  function save(name, type, ...parts) {
    const url = URL.createObjectURL(new Blob(parts, { type }));
    const link = sg.h("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 2000);
  }

  // The days between which a relation may have held, as far as there are any.
  const spell = (edge) => (edge.days ? { start: edge.days.possible_from > EVER.from ? sg.dayText(edge.days.possible_from) : "", end: edge.days.possible_until < EVER.until ? sg.dayText(edge.days.possible_until) : "" } : {});

  // The table as rows of texts under their heads, by kind and then as they read: in CSV and in a workbook the same.
  function listed(page) {
    const columns = ["col_relation", "col_kind", "col_period", "col_state", "col_sources"];
    const order = new Intl.Collator(page.words.lang).compare;
    const sorted = sg.tableRows(page).sort((a, b) => order(a.col_kind, b.col_kind) || order(a.col_relation, b.col_relation) || (a.edge.id < b.edge.id ? -1 : 1));
    const rows = sorted.map((row) => [
      row.col_relation, row.col_kind, row.col_period, row.col_state, row.col_sources.map(([title, where]) => (where ? `${title} (${where})` : title)).join(" | "),
      row.edge.source, row.edge.target, row.edge.kind, row.edge.id, spell(row.edge).start || "", spell(row.edge).end || ""]);
    return { head: [...columns.map((column) => page.words.t(column)), "from", "to", "kind", "relation", "start", "end"], rows };
  }

  // RFC 4180; text that a spreadsheet would take for a formula gets an apostrophe before it.
  sg.asCsv = function (page) {
    const cell = (value) => {
      const text = /^\s*[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
      return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    const { head, rows } = listed(page);
    return [head, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
  };

  // The same as a workbook, with a sheet of what it shows and one of the sources it rests on; a promise of a Blob.
  sg.asXlsx = function (page) {
    const { words, picture } = page;
    const shown = page.visible().edges;
    const cited = new Set(picture.edges.filter((edge) => shown.has(edge.id)).flatMap((edge) => edge.claims.map((claim) => claim.source)));
    const sources = picture.sources.filter((source) => cited.has(source.id)).map((source) => [source.title, source.publisher, words.published(source), source.url, source.id]);
    const about = [words.of(picture.title), page.showing(), sg.byId("cut").textContent, page.address()].filter(Boolean).map((text) => [text]);
    const { head, rows } = listed(page);
    sg.runLater();
    return globalThis.socialgraphWorkbook([
      { name: words.t("table"), widths: [60, 26, 26, 16, 60, 24, 24, 20, 18, 12, 12], head, rows: rows.map((row) => row.map((cell, at) => (cell && ["start", "end"].includes(head[at]) ? new Date(cell) : cell))) },
      { name: words.t("col_sources"), widths: [60, 34, 30, 50, 24], head: [words.t("source"), words.t("publisher"), words.t("published"), words.t("link"), "source"], rows: sources },
      { name: words.t("about_view"), widths: [100], head: [words.t("about_view")], rows: about },
    ]);
  };

  const held = (page) => {
    const { nodes, edges } = page.visible();
    return { nodes: page.picture.nodes.filter((node) => nodes.has(node.id)), edges: page.picture.edges.filter((edge) => edges.has(edge.id)) };
  };

  sg.asGexf = function (page) {
    const { nodes, edges } = held(page);
    const when = ({ start, end }) => `${start ? ` start="${start}"` : ""}${end ? ` end="${end}"` : ""}`;
    const value = (id, text) => `<attvalue for="${id}" value="${xml(text)}"/>`;
    return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><meta lastmodifieddate="${sg.dayText(page.picture.last_day)}"><creator>socialgraph ${xml(page.picture.build)}</creator><description>${xml(page.showing())}</description></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
<attributes class="node"><attribute id="0" title="kind" type="string"/></attributes>
<attributes class="edge"><attribute id="0" title="kind" type="string"/><attribute id="1" title="state" type="string"/><attribute id="2" title="sentence" type="string"/><attribute id="3" title="sources" type="string"/></attributes>
<nodes>${nodes.map((node) => `<node id="${xml(node.id)}" label="${xml(page.fullName(node.id))}"><attvalues>${value(0, node.kind)}</attvalues></node>`).join("\n")}</nodes>
<edges>${edges.map((edge) => `<edge id="${xml(edge.id)}" source="${xml(edge.source)}" target="${xml(edge.target)}" label="${xml(page.kindLabel("relation", edge.kind))}"><attvalues>${value(0, edge.kind)}${value(1, edge.state || page.change(edge))}${value(2, page.sentence(edge))}${value(3, [...new Set(edge.claims.map((claim) => claim.source))].join("|"))}</attvalues>${edge.days ? `<spells><spell${when(spell(edge))}/></spells>` : ""}</edge>`).join("\n")}</edges>
</graph></gexf>
`;
  };

  sg.asGraphml = function (page) {
    const { nodes, edges } = held(page);
    const data = (key, text) => (text ? `<data key="${key}">${xml(text)}</data>` : "");
    const keys = [["node", "name"], ["node", "kind"], ["edge", "kind"], ["edge", "state"], ["edge", "start"], ["edge", "end"], ["edge", "sentence"], ["edge", "sources"]];
    return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${keys.map(([on, name]) => `<key id="${on}_${name}" for="${on}" attr.name="${name}" attr.type="string"/>`).join("\n")}
<graph edgedefault="directed">
${nodes.map((node) => `<node id="${xml(node.id)}">${data("node_name", page.fullName(node.id))}${data("node_kind", node.kind)}</node>`).join("\n")}
${edges.map((edge) => `<edge id="${xml(edge.id)}" source="${xml(edge.source)}" target="${xml(edge.target)}">${data("edge_kind", edge.kind)}${data("edge_state", edge.state || page.change(edge))}${data("edge_start", spell(edge).start)}${data("edge_end", spell(edge).end)}${data("edge_sentence", page.sentence(edge))}${data("edge_sources", [...new Set(edge.claims.map((claim) => claim.source))].join("|"))}</edge>`).join("\n")}
</graph></graphml>
`;
  };

  // The SPARQL of this very view, from the template the page was given (queries/views/explorer.rq).
  sg.asSparql = function (page) {
    const { picture, off } = page;
    const ids = (list) => picture[`${list}_kinds`].map((kind) => kind.id).filter((id) => !off[list].has(id));
    const values = (prefix, names) => names.map((name) => `${prefix}:${name}`).join(" ") || "UNDEF";
    const until = { certain: "certainUntil", presumed: "presumedUntil", possible: "possibleUntil" }[page.mode];
    const [planned, ended] = [["planned", "wished"].filter((state) => !off.state.has(state)), !off.state.has("ended")];
    const filled = {
      day: `"${sg.dayText(page.day)}"^^xsd:date`, from: `sg:${page.mode === "possible" ? "possibleFrom" : "certainFrom"}`, until: `sg:${until}`,
      kinds: values("sg", ids("relation")), entities: values("sg", ids("entity")), planned: planned.length ? values("sgc", planned).split(" ").join(", ") : "sgc:none", ended: String(ended),
      county: page.only.county ? `sgd:${page.only.county}` : "UNDEF", topic: page.only.topic ? `sgc:${page.only.topic}` : "UNDEF", source: page.only.source ? `sgs:${page.only.source}` : "UNDEF",
    };
    return picture.sparql.replace(/\$(\w+)/g, (all, name) => (name in filled ? filled[name] : all));
  };

  sg.setUpTake = function (page) {
    const menu = sg.byId("take");
    const name = (ending) => `${document.title.replace(/[^\p{L}\p{N}]+/gu, "-")}-${sg.dayText(page.day)}.${ending}`;
    const DO = {
      png: () => sg.h("a", { href: page.renderer.image(), download: name("png") }).click(),
      svg: () => save(name("svg"), "image/svg+xml", page.renderer.drawing(page)),
      xlsx: async () => save(name("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", await sg.asXlsx(page)),
      csv: () => save(name("csv"), "text/csv", `\ufeff${sg.asCsv(page)}`),
      gexf: () => save(name("gexf"), "application/xml", sg.asGexf(page)),
      graphml: () => save(name("graphml"), "application/xml", sg.asGraphml(page)),
      sparql: () => shown("take_sparql", sg.asSparql(page)),
      link: () => shown("take_link", page.address()),
    };
    const box = sg.byId("given");

    // A text to copy, chosen at once; the clipboard is used where the browser lends it.
    function shown(title, text) {
      const area = sg.h("textarea", { readonly: true, rows: Math.min(18, text.split("\n").length + 1), spellcheck: "false", id: "given-text", "aria-labelledby": "given-title" });
      area.value = text;
      const copy = sg.h("button", { type: "button", class: "button", onclick: async () => {
        area.select();
        try { await navigator.clipboard.writeText(text); } catch { document.execCommand("copy"); }
        page.say(page.words.t("copied"));
        copy.textContent = page.words.t("copied");
      } }, page.words.t("copy"));
      box.replaceChildren(sg.h("h2", { id: "given-title" }, page.words.t(title)), sg.h("p", { class: "muted" }, page.words.t(`${title}_how`)), area,
        sg.h("div", { class: "pair" }, copy, sg.h("button", { type: "button", class: "button", onclick: () => box.close() }, page.words.t("close_box"))));
      box.showModal();
      area.select();
    }
    for (const button of menu.querySelectorAll("[data-take]")) {
      const lacking = { sparql: !page.picture.sparql, xlsx: !document.querySelector("script.later") };
      if (lacking[button.dataset.take]) { button.hidden = true; continue; }
      button.addEventListener("click", () => { menu.open = false; DO[button.dataset.take](); });
    }
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); event.stopPropagation(); }
    });
    document.addEventListener("click", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
  };
})((window.socialgraph = window.socialgraph || {}));
