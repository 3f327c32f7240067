// The page itself: what is chosen, what is filtered, the address that carries both, and the keys.
"use strict";
(function (sg) {
  const picture = sg.data("data-picture");
  const drawing = sg.data("data-drawing");
  const table = sg.data("data-words");
  const LISTS = { relation: "dolj-relation", entity: "dolj-entitet", state: "dolj-lage" };
  const kinds = { relation: new Map(), entity: new Map(), fact: new Map() };
  for (const [name, given] of [["relation", picture.relation_kinds], ["entity", picture.entity_kinds], ["fact", picture.fact_kinds]])
    for (const kind of given) kinds[name].set(kind.id, kind);
  const shapes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const shapeOfKind = new Map(picture.nodes.map((node) => [node.kind, shapes.get(node.id)]));
  const renderer = sg.createRenderer(sg.byId("canvas"));

  const page = {
    picture,
    words: new sg.Words(table, document.documentElement.lang),
    nodes: new Map(picture.nodes.map((node) => [node.id, node])),
    edges: new Map(picture.edges.map((edge) => [edge.id, edge])),
    sources: new Map(picture.sources.map((source) => [source.id, source])),
    lists: sg.filterLists(picture),
    off: { relation: new Set(), entity: new Set(), state: new Set() },
    state: { node: null, edge: null },
    seen: null,

    kindLabel(list, id) {
      const kind = kinds[list].get(id);
      return kind ? page.words.of(kind.label) : id;
    },
    // The same at the head of a line or a list item.
    kindTitle: (list, id) => sg.capital(page.kindLabel(list, id)),
    lookTitle(id) {
      const kind = kinds.entity.get(id);
      return kind && kind.look ? sg.capital(page.words.of(kind.look)) : page.kindTitle("entity", id);
    },
    stateTitle: (id) => sg.capital(page.words.state(id)),
    kindGlyph(id) {
      const shape = shapeOfKind.get(id);
      return shape ? sg.glyph(shape.shape, shape.color) : sg.glyph("dot", table.plain);
    },
    stroke: (state) => table.strokes[state] || table.strokes.certain,
    visible() {
      if (!page.seen) page.seen = sg.sift(picture, page.off);
      return page.seen;
    },
    // The relations of a node in the order the keys walk them: by kind as listed, then as they read.
    around(id, onlyVisible) {
      const shown = page.visible().edges;
      const place = new Map(page.lists.relation.map((kind, i) => [kind.id, i]));
      return picture.edges.filter((edge) => (edge.source === id || edge.target === id || edge.mentions.includes(id)) && (!onlyVisible || shown.has(edge.id)))
        .sort((a, b) => place.get(a.kind) - place.get(b.kind) || page.words.of(a.sentence).localeCompare(page.words.of(b.sentence), page.words.lang) || (a.id < b.id ? -1 : 1));
    },
    say(text) {
      sg.byId("live").textContent = text;
    },
    filtered() {
      page.seen = null;
      const { nodes, edges } = page.visible();
      renderer.setVisible(nodes, edges);
      highlight();
      renderer.focus();
      drawCounts();
      sg.drawTable(page);
      sg.drawPanel(page);
      remember(false);
      page.say(sg.byId("shown").textContent);
    },
    redrawFilters(focusId) {
      sg.drawFilters(page);
      drawCounts();
      const button = focusId && sg.byId(focusId);
      if (button) button.focus();
    },
    clearFilter(focusId) {
      for (const list of Object.values(page.off)) list.clear();
      page.filtered();
      page.redrawFilters(focusId);
      page.say(page.words.t("filter_cleared"));
    },
    // Chosen in the panel, the table or the search list: the reader's place moves to the panel.
    pickFromList(choice) {
      if (choice && choice.node && !page.visible().nodes.has(choice.node)) page.clearFilter();
      choose(choice, { bring: true });
      sg.byId("panel-title").focus({ preventScroll: true });
      sg.byId("panel").scrollIntoView({ block: "nearest" });
    },
    pickFromTable(id) {
      page.pickFromList({ edge: id });
      window.scrollTo({ top: 0 });
      if (window.innerWidth < 800) sg.byId("panel").scrollIntoView();
    },
  };

  // ---- what is chosen

  function highlight() {
    const { node, edge } = page.state;
    if (!node && !edge) return renderer.highlight(null);
    const edges = edge ? [page.edges.get(edge)] : page.around(node, true);
    const nodes = new Set(edges.flatMap((one) => [one.source, one.target]));
    if (node && !edge) nodes.add(node);
    renderer.highlight({ node: node || null, edge: edge || null, nodes, edges: new Set(edges.map((one) => one.id)) });
    return nodes;
  }

  function choose(choice, { bring = false, record = true, aloud = true } = {}) {
    const { words, state } = page;
    if (!choice) { state.node = null; state.edge = null; }
    else if (choice.edge) { state.edge = choice.edge; state.node = choice.from || null; }
    else { state.node = choice.node; state.edge = null; }
    const lit = highlight();
    sg.drawPanel(page);
    for (const row of document.querySelectorAll("#table tr[data-edge]")) row.classList.toggle("chosen", row.dataset.edge === state.edge);
    if (bring && lit && !renderer.inView([...lit])) renderer.focus([...lit]);
    if (record) remember(true);
    if (!aloud) return;
    if (state.edge) page.say(words.of(page.edges.get(state.edge).sentence));
    else if (state.node) {
      const node = page.nodes.get(state.node);
      page.say(words.t("say_node", { label: words.of(node.label), kind: page.kindLabel("entity", node.kind), relations: words.count("relations", page.around(node.id, true).length) }));
    } else page.say(words.t("say_cleared"));
  }

  // ---- the address: #nod=…&relation=…&dolj-relation=…,…

  let written = null;
  function remember(asNewPlace) {
    const fields = new URLSearchParams();
    if (page.state.node) fields.set("nod", page.state.node);
    if (page.state.edge) fields.set("relation", page.state.edge);
    for (const [list, name] of Object.entries(LISTS)) for (const id of [...page.off[list]].sort()) fields.append(name, id);
    if (page.words.lang !== "sv") fields.set("lang", page.words.lang);
    const text = fields.toString();
    if (text === (written ?? location.hash.slice(1))) return;
    written = text;
    history[asNewPlace ? "pushState" : "replaceState"](null, "", text ? `#${text}` : location.pathname + location.search);
  }

  function recall() {
    const text = location.hash.slice(1);
    written = text;
    const fields = new URLSearchParams(text);
    for (const [list, name] of Object.entries(LISTS)) {
      const known = new Set(page.lists[list].map((kind) => kind.id));
      page.off[list] = new Set(fields.getAll(name).filter((id) => known.has(id)));
    }
    page.seen = null;
    const lang = fields.get("lang");
    if (lang === "sv" || lang === "en") page.words.lang = lang;
    const node = page.nodes.has(fields.get("nod")) ? fields.get("nod") : null;
    const edge = page.edges.has(fields.get("relation")) ? fields.get("relation") : null;
    page.state = { node, edge };
    return node || edge;
  }

  // ---- words on the page

  function hoverWords() {
    const { words } = page;
    const nodes = {};
    const edges = {};
    const titles = {};
    for (const node of picture.nodes) {
      nodes[node.id] = words.of(node.label);
      titles[node.id] = `${words.of(node.label)}\n${page.kindLabel("entity", node.kind)}`;
    }
    for (const edge of picture.edges) {
      edges[edge.id] = page.kindLabel("relation", edge.kind);
      titles[edge.id] = [words.of(edge.sentence), words.of(edge.period)].filter(Boolean).join("\n");
    }
    return { nodes, edges, titles };
  }

  function drawCounts() {
    const { words } = page;
    const { nodes, edges } = page.visible();
    const values = { edges: edges.size, all_edges: picture.edges.length, nodes: nodes.size, all_nodes: picture.nodes.length };
    sg.byId("shown").textContent = sg.byId("stage-counts").textContent = words.t("shown", values);
    const off = Object.values(page.off).reduce((sum, list) => sum + list.size, 0);
    sg.byId("filter-mark").hidden = !off;
    sg.byId("filter-mark").textContent = off ? `−${off}` : "";
    const empty = sg.byId("empty");
    empty.hidden = nodes.size > 0;
    const nothing = !picture.nodes.length;
    const counts = { relations: words.count("relations", picture.edges.length), entities: words.count("entities", picture.nodes.length) };
    if (!nodes.size) empty.replaceChildren(
      sg.h("p", { class: "empty-title" }, words.t(nothing ? "empty_picture" : "empty_filter")),
      sg.h("p", {}, nothing ? words.t("empty_picture_why") : words.t("empty_filter_why", counts)),
      nothing ? "" : sg.h("button", { type: "button", class: "button", onclick: () => { page.clearFilter(); sg.byId("stage").focus(); } }, words.t("show_all")));
    else empty.replaceChildren();
  }

  function speak() {
    const { words } = page;
    document.documentElement.lang = words.lang;
    document.title = words.of(picture.title);
    sg.byId("title").textContent = words.of(picture.title);
    sg.byId("summary").textContent = words.of(table.summary);
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = words.t(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", words.t(element.dataset.label));
      if (element.classList.contains("square")) element.title = words.t(element.dataset.label);
    }
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = words.t(element.dataset.placeholder);
    const language = sg.byId("language");
    language.textContent = words.t("other_language");
    language.lang = words.lang === "sv" ? "en" : "sv";
    renderer.setData(drawing, hoverWords());
    sg.drawFilters(page);
    sg.drawLegend(page);
    drawCounts();
    sg.drawTable(page);
    sg.drawPanel(page);
  }

  function showAll() {
    const { nodes, edges } = page.visible();
    speak();
    renderer.setVisible(nodes, edges);
    highlight();
  }

  // ---- keys in the picture

  function step(by) {
    const { words, state } = page;
    if (!state.node && state.edge) state.node = page.edges.get(state.edge).source;
    if (!state.node) {
      const first = [...page.visible().nodes].sort((a, b) => page.around(b, true).length - page.around(a, true).length || (a < b ? -1 : 1))[0];
      return first ? choose({ node: first }, { bring: true }) : page.say(words.t("say_none"));
    }
    const edges = page.around(state.node, true);
    if (!edges.length) return page.say(words.t("say_alone", { label: words.of(page.nodes.get(state.node).label) }));
    const at = edges.findIndex((edge) => edge.id === state.edge);
    const next = at < 0 ? (by > 0 ? 0 : edges.length - 1) : (at + by + edges.length) % edges.length;
    choose({ edge: edges[next].id, from: state.node }, { bring: true, aloud: false });
    page.say(words.t("say_step", { i: next + 1, n: edges.length, sentence: words.of(edges[next].sentence) }));
  }

  function follow() {
    const { node, edge } = page.state;
    if (!edge) return;
    const { source, target } = page.edges.get(edge);
    choose({ node: node === target ? source : target }, { bring: true });
  }

  const KEYS = {
    ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
    Enter: follow, Escape: () => choose(null), "+": () => renderer.zoom(1.3), "-": () => renderer.zoom(1 / 1.3), 0: () => renderer.focus(),
  };

  // ---- wiring

  function toggleFilters(open) {
    sg.byId("filters").hidden = !open;
    sg.byId("work").classList.toggle("with-filters", open);
    sg.byId("toggle-filters").setAttribute("aria-expanded", String(open));
  }
  function goTo(id) {
    return (event) => {
      event.preventDefault(); // the fragment belongs to the view, not to the place on the page
      sg.byId(id).scrollIntoView({ behavior: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
      sg.byId(id).focus({ preventScroll: true });
    };
  }

  const given = recall();
  showAll();
  renderer.onPick((picked) => {
    sg.byId("stage").focus({ preventScroll: true });
    choose(picked && picked.edge ? { edge: picked.edge } : picked);
  });
  sg.setUpSearch(page);
  toggleFilters(window.innerWidth >= 1500);
  sg.byId("toggle-filters").addEventListener("click", () => toggleFilters(sg.byId("filters").hidden));
  sg.byId("zoom-in").addEventListener("click", () => renderer.zoom(1.3));
  sg.byId("zoom-out").addEventListener("click", () => renderer.zoom(1 / 1.3));
  sg.byId("fit").addEventListener("click", () => renderer.focus());
  sg.byId("save").addEventListener("click", () => sg.h("a", { href: renderer.image(), download: `${document.title || "socialgraph"}.png` }).click());
  sg.byId("language").addEventListener("click", () => {
    page.words.lang = page.words.lang === "sv" ? "en" : "sv";
    speak();
    remember(false);
  });
  document.querySelector(".skip").addEventListener("click", goTo("tabell"));
  sg.byId("to-table").addEventListener("click", goTo("tabell"));
  sg.byId("to-picture").addEventListener("click", (event) => { goTo("stage")(event); window.scrollTo({ top: 0 }); });
  sg.byId("stage").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  window.addEventListener("beforeprint", () => {
    sg.byId("printed").src = renderer.image();
    for (const details of sg.byId("panel").querySelectorAll("details")) details.open = true;
  });
  window.addEventListener("popstate", () => {
    recall();
    showAll();
  });
  renderer.focus();
  if (given) { const lit = highlight(); if (!renderer.inView([...lit])) renderer.focus([...lit]); }

  sg.renderer = renderer;
  sg.page = page;
})((window.socialgraph = window.socialgraph || {}));
