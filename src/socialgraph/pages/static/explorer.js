// The page itself: the day, what is chosen, what is filtered, the address that carries all of it, and the keys.
"use strict";
(function (sg) {
  const { picture, drawing } = sg.unpack(sg.data("data-picture"), sg.data("data-drawing"));
  const table = sg.data("data-words");
  const LISTS = { relation: "dolj-relation", entity: "dolj-entitet", state: "dolj-lage" };
  const ONLY = { county: "lan", topic: "amne", source: "kalla" };
  const MODES = { certain: ["presumed", "possible"], presumed: ["possible"], possible: [] };
  const NOTHING = "inget";
  const kinds = { relation: new Map(), entity: new Map(), fact: new Map() };
  for (const [name, given] of [["relation", picture.relation_kinds], ["entity", picture.entity_kinds], ["fact", picture.fact_kinds]])
    for (const kind of given) kinds[name].set(kind.id, kind);
  const dated = picture.edges.some((edge) => edge.days);
  const shapes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const shapeOfKind = new Map(picture.nodes.map((node) => [node.kind, shapes.get(node.id)]));
  const renderer = sg.createRenderer(sg.byId("canvas"));
  const opening = () => ({ relation: new Set(), entity: new Set(), state: new Set(dated ? [...(MODES[picture.mode] || []), "ended"] : []) });
  const folds = () => picture.areas && picture.areas.length > 0; // the picture of the country opens folded
  const nowhere = () => ({ county: "", topic: "", source: "" });

  const page = {
    picture,
    words: new sg.Words(table, document.documentElement.lang),
    nodes: new Map(picture.nodes.map((node) => [node.id, node])),
    edges: new Map(picture.edges.map((edge) => [edge.id, edge])),
    sources: new Map(picture.sources.map((source) => [source.id, source])),
    tied: new Set(picture.edges.flatMap((edge) => [edge.source, edge.target])),
    lists: sg.filterLists(picture),
    off: opening(),
    only: nowhere(),
    focus: null,
    noHubs: false,
    folds: sg.foldable(picture),
    folding: false,
    open: new Set(),
    day: picture.at ? sg.dayNumber(picture.at) : picture.last_day,
    since: null,
    state: { node: null, edge: null, path: null },
    seen: null,

    // ---- words

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
    // The state of a relation, and what became of it since the day that is compared with.
    stateWords(edge) {
      const change = page.change(edge);
      const state = change === "gone" ? page.words.t("gone_short") : page.words.state(edge.state);
      return sg.capital(change === "began" ? `${page.words.t("began_short")}, ${state}` : state);
    },
    sentence(edge) {
      const kind = kinds.relation.get(edge.kind);
      if (!kind || !kind.forward || !edge.days) return page.words.of(edge.sentence);
      const [from, to, person] = [page.fullName(edge.source), page.fullName(edge.target), edge.person ? page.words.of(edge.person) : ""];
      if (person && kind.by_person) return `${from} ${page.words.of(kind.by_person).replace("{person}", () => person).replace("{to}", () => to)}`;
      return `${from} ${page.words.of(kind.forward)} ${to}${person ? ` (${person})` : ""}`;
    },
    fullName: (id) => page.words.of(sg.calledOn(page.nodes.get(id), page.day).full),
    // For when and from how much the page speaks, on one line.
    showing() {
      const { words } = page;
      const said = [picture.at ? words.date(sg.dayText(page.day)) : words.t("all"), table.modes[words.lang][page.mode], words.count("sources", picture.sources.length)];
      if (page.since !== null) said.push(`${words.t("compare")} ${words.date(sg.dayText(page.since))}`);
      if (picture.known_by) said.push(words.t("known_by", { day: picture.known_by }));
      if (picture.build) said.push(words.t("build", { id: picture.build }));
      return `${words.t("showing")} ${said.join(", ")}`;
    },

    // ---- looks

    kindGlyph(id) {
      const shape = shapeOfKind.get(id);
      return shape ? sg.glyph(shape.shape, shape.color) : sg.glyph("dot", table.plain);
    },
    stroke: (state) => table.strokes[state] || table.strokes.certain,
    look: (edge) => page.stroke(page.change(edge) || edge.state || "ended"),

    // ---- time

    get mode() {
      if (!dated) return picture.mode;
      return page.off.state.has("presumed") ? "certain" : page.off.state.has("possible") ? "presumed" : "possible";
    },
    shows: (state) => state !== null && state !== undefined && !page.off.state.has(state),
    // began, gone or nothing between the two days that are compared.
    change(edge) {
      if (page.since === null) return "";
      const [now, then] = [page.shows(edge.state), page.shows(edge.then)];
      return now === then ? "" : now ? "began" : "gone";
    },
    setDay(day, { aloud = false, playing = false } = {}) {
      page.day = day;
      timed();
      page.changed({ still: true, playing });
      if (aloud) page.say(page.words.t("say_day", { day: page.words.date(sg.dayText(day)), relations: page.words.count("relations", page.visible().edges.size) }));
    },
    setMode(mode) {
      for (const state of ["certain", "presumed", "possible"]) page.off.state.delete(state);
      for (const state of MODES[mode]) page.off.state.add(state);
      page.filtered();
      page.redrawFilters();
    },
    setSince(day) {
      page.since = day === null ? null : Math.min(day, page.day);
      timed();
      page.changed({ still: true });
      const tell = { began: 0, gone: 0 };
      for (const edge of picture.edges) if (page.change(edge)) tell[page.change(edge)] += 1;
      if (day !== null) page.say(page.words.t("say_compared", { ...tell, day: page.words.date(sg.dayText(page.since)) }));
    },

    // ---- what is seen

    visible() {
      if (!page.seen) page.seen = sg.sift(page);
      return page.seen;
    },
    // The relations of a node in the order the keys walk them: by kind as listed, then as they read.
    around(id, onlyVisible) {
      const shown = page.visible().edges;
      const place = new Map(page.lists.relation.map((kind, i) => [kind.id, i]));
      return picture.edges.filter((edge) => (edge.source === id || edge.target === id || edge.mentions.includes(id)) && (!onlyVisible || shown.has(edge.id)))
        .map((edge) => [edge, page.sentence(edge)])
        .sort(([a, x], [b, y]) => place.get(a.kind) - place.get(b.kind) || (x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1))
        .map(([edge]) => edge);
    },
    say(text) {
      sg.byId("live").textContent = text;
    },
    // Something that decides what is seen has changed; `still` keeps the picture where it is.
    changed({ still = false, playing = false } = {}) {
      page.seen = null;
      const { nodes, edges } = page.visible();
      renderer.arrange(page.focus ? sg.rings(page, page.focus.id) : null);
      tellFolded();
      renderer.setVisible(nodes, edges);
      highlight();
      if (!still) renderer.focus();
      time.draw();
      drawCounts();
      soon(playing ? 500 : 140);
      if (page.state.node || page.state.edge || page.state.path) sg.drawPanel(page);
    },
    filtered() {
      page.changed();
      page.say(sg.byId("shown").textContent);
    },
    setFocus(id, depth) {
      page.focus = id ? { id, depth } : null;
      page.filtered();
      sg.drawPanel(page);
      remember(true);
    },
    redrawFilters(focusId) {
      sg.drawFilters(page);
      drawCounts();
      sg.drawTally(page);
      const button = focusId && sg.byId(focusId);
      if (button) button.focus();
    },
    clearFilter(focusId) {
      const { state } = opening();
      for (const list of Object.values(page.off)) list.clear();
      if (dated) for (const id of state) if (id === "ended") page.off.state.add(id);
      page.only = nowhere();
      page.focus = null;
      page.noHubs = false;
      page.folding = folds();
      page.open.clear();
      page.filtered();
      page.redrawFilters(focusId);
      page.say(page.words.t("filter_cleared"));
    },
    // Chosen in the panel, the table or the search list: the reader's place moves to the panel.
    pickFromList(choice) {
      if (choice && choice.node && !page.visible().nodes.has(choice.node)) reveal(choice.node);
      choose(choice, { bring: true });
      sg.byId("panel-title").focus({ preventScroll: true });
      sg.byId("panel").scrollIntoView({ block: "nearest" });
    },
    pickFromTable(id) {
      page.pickFromList({ edge: id });
      window.scrollTo({ top: 0 });
      if (window.innerWidth < 800) sg.byId("panel").scrollIntoView();
    },
    choose: (choice, how) => choose(choice, how),
    renderer,
    address: () => `${location.href.split("#")[0]}#${fields()}`,
  };

  // What the day decides: the state of every relation, what every entity is called.
  function timed() {
    const names = {};
    const titles = {};
    for (const edge of picture.edges) {
      edge.state = sg.stateOn(edge, page.day);
      edge.then = page.since === null ? undefined : sg.stateOn(edge, page.since);
    }
    for (const node of picture.nodes) {
      if (!node.called || !node.called.length) continue;
      node.label = sg.calledOn(node, page.day).short;
      const before = page.since === null ? node.label : sg.calledOn(node, page.since).short;
      const [now, then] = [page.words.of(node.label), page.words.of(before)];
      names[node.id] = now === then ? now : `${then} → ${now}`;
      titles[node.id] = `${page.fullName(node.id)}\n${page.kindLabel("entity", node.kind)}`;
    }
    renderer.setNames(names, titles);
  }

  // A node that others are folded into says how many.
  function tellFolded() {
    const { folded } = page.visible();
    const names = {};
    for (const hub of page.folds.keys()) {
      const name = page.words.of(page.nodes.get(hub).label);
      names[hub] = folded.has(hub) ? `${name} (+${folded.get(hub).size})` : name;
    }
    renderer.setNames(names, {});
    const mark = (id) => (folded.has(id) ? ` (+${folded.get(id).size})` : "");
    renderer.setAreas(Object.fromEntries((picture.areas || []).map((area) => [area.id, page.words.of(area.label) + mark(area.id)])));
  }

  // A hit that is not seen: the day and the filters step aside as far as they must.
  function reveal(id) {
    page.clearFilter();
    for (const [hub, ids] of page.folds) if (ids.includes(id)) { page.open.add(hub); page.changed({ still: true }); }
    if (page.visible().nodes.has(id) || !dated) return;
    const begins = picture.edges.filter((edge) => edge.days && (edge.source === id || edge.target === id)).map((edge) => Math.max(edge.days.possible_from, edge.days.first_seen));
    if (begins.length) page.setDay(Math.min(Math.max(Math.min(...begins), picture.first_day), picture.last_day));
  }

  // ---- what is chosen

  function highlight() {
    const { node, edge, path } = page.state;
    if (path) {
      const way = sg.shortestPath(page, path.from, path.to) || [];
      const nodes = new Set([path.from, path.to, ...way.flatMap((one) => [one.source, one.target])]);
      renderer.highlight({ node: null, edge: null, nodes, edges: new Set(way.map((one) => one.id)) });
      return nodes;
    }
    if (!node && !edge) return renderer.highlight(null);
    const edges = edge ? [page.edges.get(edge)] : page.around(node, true);
    const nodes = new Set(edges.flatMap((one) => [one.source, one.target]));
    if (node && !edge) nodes.add(node);
    renderer.highlight({ node: node || null, edge: edge || null, nodes, edges: new Set(edges.map((one) => one.id)) });
    return nodes;
  }

  function choose(choice, { bring = false, record = true, aloud = true } = {}) {
    const { words } = page;
    const state = { node: null, edge: null, path: null };
    if (choice && choice.path) state.path = choice.path;
    else if (choice && choice.edge) { state.edge = choice.edge; state.node = choice.from || null; }
    else if (choice) state.node = choice.node;
    page.state = state;
    const lit = highlight();
    sg.drawPanel(page);
    for (const row of document.querySelectorAll("#table tr[data-edge]")) row.classList.toggle("chosen", row.dataset.edge === state.edge);
    if (bring && lit && !renderer.inView([...lit])) renderer.focus([...lit]);
    if (record) remember(true);
    if (!aloud) return;
    if (state.edge) page.say(page.sentence(page.edges.get(state.edge)));
    else if (state.path) page.say(sg.byId("panel-title").textContent);
    else if (state.node) {
      const node = page.nodes.get(state.node);
      page.say(words.t("say_node", { label: words.of(node.label), kind: page.kindLabel("entity", node.kind), relations: words.count("relations", page.around(node.id, true).length) }));
    } else page.say(words.t("say_cleared"));
  }

  // ---- the address: #nod=…&relation=…&dag=…&dolj-relation=…

  let written = null;
  function fields() {
    const said = new URLSearchParams();
    const start = opening();
    if (page.state.node) said.set("nod", page.state.node);
    if (page.state.edge) said.set("relation", page.state.edge);
    if (page.state.path) said.set("vag", `${page.state.path.from} ${page.state.path.to}`);
    if (dated && sg.dayText(page.day) !== picture.at) said.set("dag", sg.dayText(page.day));
    if (page.since !== null) said.set("jamfor", sg.dayText(page.since));
    for (const [list, name] of Object.entries(LISTS)) {
      const ids = [...page.off[list]].sort();
      if (ids.join() === [...start[list]].sort().join()) continue;
      for (const id of ids.length ? ids : [NOTHING]) said.append(name, id);
    }
    for (const [list, name] of Object.entries(ONLY)) if (page.only[list]) said.set(name, page.only[list]);
    if (page.focus) said.set("fokus", `${page.focus.id} ${page.focus.depth}`);
    if (page.noHubs) said.set("nav", "0");
    if (page.folding !== folds()) said.set("vik", page.folding ? "1" : "0");
    for (const hub of [...page.open].sort()) said.append("oppna", hub);
    if (page.story && page.story.at()) said.set("berattelse", page.story.at());
    if (page.words.lang !== "sv") said.set("lang", page.words.lang);
    return said.toString();
  }
  function remember(asNewPlace) {
    const text = fields();
    if (text === (written ?? location.hash.slice(1))) return;
    written = text;
    history[asNewPlace ? "pushState" : "replaceState"](null, "", text ? `#${text}` : location.pathname + location.search);
  }

  // What an address says, as far as it means something; what does not is told, never followed.
  function recall() {
    const text = location.hash.slice(1);
    written = text;
    const given = new URLSearchParams(text);
    const lost = [];
    const known = (value, ids, name) => {
      if (value && !ids.has(value)) lost.push(`${name}=${value}`);
      return value && ids.has(value) ? value : null;
    };
    const start = opening();
    for (const [list, name] of Object.entries(LISTS)) {
      const ids = new Set(page.lists[list].map((kind) => kind.id));
      const said = given.getAll(name);
      page.off[list] = said.length ? new Set(said.filter((id) => ids.has(id))) : start[list];
      for (const id of said) if (id !== NOTHING) known(id, ids, name);
    }
    const there = { county: picture.counties, topic: picture.topics, source: picture.sources };
    for (const [list, name] of Object.entries(ONLY)) page.only[list] = known(given.get(name), new Set(there[list].map((one) => one.id)), name) || "";
    const day = (name) => {
      const n = given.get(name) ? sg.dayNumber(given.get(name)) : null;
      const fits = n !== null && n >= picture.first_day && n <= picture.last_day;
      if (given.get(name) && !fits) lost.push(`${name}=${given.get(name)}`);
      return fits ? n : null;
    };
    page.day = day("dag") ?? (picture.at ? sg.dayNumber(picture.at) : picture.last_day);
    page.since = day("jamfor");
    const [center, depth] = (given.get("fokus") || "").split(" ");
    page.focus = known(center, page.nodes, "fokus") ? { id: center, depth: [1, 2, 3].includes(Number(depth)) ? Number(depth) : 1 } : null;
    page.noHubs = given.get("nav") === "0";
    page.folding = given.has("vik") ? given.get("vik") === "1" : folds();
    page.open = new Set(given.getAll("oppna").filter((id) => known(id, page.folds, "oppna")));
    page.seen = null;
    const lang = given.get("lang");
    if (lang === "sv" || lang === "en") page.words.lang = lang;
    const [from, to] = (given.get("vag") || "").split(" ");
    const path = known(from, page.nodes, "vag") && known(to, page.nodes, "vag") ? { from, to } : null;
    page.state = { node: known(given.get("nod"), page.nodes, "nod"), edge: known(given.get("relation"), page.edges, "relation"), path };
    if (page.story) page.story.recall(given.get("berattelse"));
    if (lost.length) page.say(page.words.t("lost_address", { what: lost.join(", ") }));
    sg.byId("lost").hidden = !lost.length;
    sg.byId("lost").textContent = lost.length ? page.words.t("lost_address", { what: lost.join(", ") }) : "";
    timed();
    return page.state.node || page.state.edge || page.state.path || page.focus;
  }

  // ---- words on the page

  function hoverWords() {
    const { words } = page;
    const nodes = {};
    const edges = {};
    const titles = {};
    for (const node of picture.nodes) {
      nodes[node.id] = words.of(node.label);
      titles[node.id] = `${page.fullName(node.id)}\n${page.kindLabel("entity", node.kind)}`;
    }
    for (const edge of picture.edges) {
      edges[edge.id] = page.kindLabel("relation", edge.kind);
      titles[edge.id] = [page.sentence(edge), words.of(edge.period)].filter(Boolean).join("\n");
    }
    const areas = Object.fromEntries((picture.areas || []).map((area) => [area.id, words.of(area.label)]));
    return { nodes, edges, titles, areas };
  }

  function drawCounts() {
    const { words } = page;
    const { nodes, edges, cut, folded } = page.visible();
    const values = { edges: edges.size, all_edges: picture.edges.length, nodes: nodes.size, all_nodes: picture.nodes.length };
    const inside = [...folded.values()].reduce((sum, ids) => sum + ids.size, 0);
    const more = (cut ? ` ${words.t("cut", { n: cut, most: sg.MOST })}` : "") + (inside ? ` ${words.t("folded", { n: inside })}` : "");
    for (const id of ["shown", "stage-counts"]) if (sg.byId(id)) sg.byId(id).textContent = words.t("shown", values) + more;
    sg.byId("cut").hidden = !more;
    sg.byId("cut").textContent = more.trim();
    sg.byId("summary").textContent = page.showing();
    const start = opening();
    const off = Object.entries(page.off).reduce((sum, [name, list]) => sum + [...list].filter((id) => !start[name].has(id)).length, 0);
    const narrowed = off + sg.CHOICES.filter((name) => page.only[name]).length + Number(Boolean(page.focus)) + Number(page.noHubs);
    sg.byId("filter-mark").hidden = !narrowed;
    sg.byId("filter-mark").textContent = narrowed ? `−${narrowed}` : "";
    drawEmpty(nodes.size);
  }

  // An empty picture says why, and what to do: another day, or fewer filters.
  function drawEmpty(seen) {
    const { words } = page;
    const empty = sg.byId("empty");
    empty.hidden = seen > 0 && (page.visible().edges.size > 0 || !dated || !picture.edges.length);
    if (empty.hidden) return empty.replaceChildren();
    const nothing = !picture.nodes.length;
    const counts = { relations: words.count("relations", picture.edges.length), entities: words.count("entities", picture.nodes.length) };
    const was = page.day;
    const first = dated && picture.edges.length ? firstDay() : null;
    const early = first !== null && first > was;
    const button = early ? sg.h("button", { type: "button", class: "button", onclick: () => { page.setDay(first, { aloud: true }); sg.byId("stage").focus(); } }, words.t("go_there"))
      : nothing ? "" : sg.h("button", { type: "button", class: "button", onclick: () => { page.clearFilter(); sg.byId("stage").focus(); } }, words.t("show_all"));
    empty.replaceChildren(
      sg.h("p", { class: "empty-title" }, words.t(nothing ? "empty_picture" : early ? "empty_day" : "empty_filter")),
      sg.h("p", {}, nothing ? words.t("empty_picture_why") : early ? words.t("empty_day_why", { day: words.date(sg.dayText(first)) }) : words.t("empty_filter_why", counts)), button);
  }

  // The first day on which the filters as they are would let a relation show.
  function firstDay() {
    const now = page.day;
    const days = [...new Set(picture.edges.filter((edge) => edge.days).map((edge) => Math.min(Math.max(edge.days.certain_from, picture.first_day), picture.last_day)))].sort((a, b) => a - b);
    const found = days.find((day) => { page.day = day; for (const edge of picture.edges) edge.state = sg.stateOn(edge, day); page.seen = null; return page.visible().edges.size > 0; });
    page.day = now;
    page.seen = null;
    for (const edge of picture.edges) edge.state = sg.stateOn(edge, now);
    return found === undefined ? null : found;
  }

  // The table, the numbers beside the filters and the address follow a moment later: a slider must not wait for them.
  let waiting = -1; // a first time, once the picture stands
  let begun = false;
  function soon(delay) {
    clearTimeout(waiting);
    waiting = setTimeout(settle, delay);
  }
  function settle() {
    clearTimeout(waiting);
    waiting = 0;
    if (!begun) {
      begun = true;
      time.marks();
      spell();
    } else if (!page.state.node && !page.state.edge && !page.state.path) sg.drawPanel(page);
    sg.drawTable(page);
    sg.drawTally(page);
    sg.drawLegend(page);
    remember(false);
  }
  page.settled = () => waiting === 0;

  // The page's own words, in the language chosen; in the one it was written in they stand there from the start.
  function spell() {
    const { words } = page;
    document.documentElement.lang = words.lang;
    document.title = words.of(picture.title);
    sg.byId("title").textContent = words.of(picture.title);
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = words.t(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", words.t(element.dataset.label));
      if (element.classList.contains("square")) element.title = words.t(element.dataset.label);
    }
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = words.t(element.dataset.placeholder);
    const language = sg.byId("language");
    language.textContent = words.t("other_language");
    language.lang = words.lang === "sv" ? "en" : "sv";
    time.draw();
    if (page.story) page.story.draw();
    sg.drawFilters(page);
    drawCounts();
    sg.drawPanel(page);
  }

  function speak() {
    renderer.setData(drawing, hoverWords());
    timed();
    if (!begun) return;
    spell();
    soon(60);
  }

  function showAll() {
    const { nodes, edges } = page.visible();
    renderer.setVisible(nodes, edges);
    speak();
    renderer.arrange(page.focus ? sg.rings(page, page.focus.id) : null);
    tellFolded();
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
    page.say(words.t("say_step", { i: next + 1, n: edges.length, sentence: page.sentence(edges[next]) }));
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

  sg.page = page;
  const time = sg.setUpTime(page);
  page.story = sg.setUpStories ? sg.setUpStories(page) : null;
  renderer.setLooks((id) => page.look(page.edges.get(id)));
  const given = recall();
  showAll();
  renderer.onPick((picked) => {
    sg.byId("stage").focus({ preventScroll: true });
    choose(picked && picked.edge ? { edge: picked.edge } : picked);
  });
  renderer.onOpen((node) => {
    choose({ node }, { record: false });
    page.setFocus(node, page.focus ? page.focus.depth : 1);
  });
  sg.setUpSearch(page);
  if (sg.setUpTake) sg.setUpTake(page);
  toggleFilters(window.innerWidth >= 1500);
  sg.byId("toggle-filters").addEventListener("click", () => toggleFilters(sg.byId("filters").hidden));
  sg.byId("zoom-in").addEventListener("click", () => renderer.zoom(1.3));
  sg.byId("zoom-out").addEventListener("click", () => renderer.zoom(1 / 1.3));
  sg.byId("fit").addEventListener("click", () => renderer.focus());
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
  sg.onTheme(showAll);
  window.addEventListener("beforeprint", () => {
    settle();
    sg.byId("printed").src = renderer.image();
    for (const details of sg.byId("panel").querySelectorAll("details")) details.open = true;
  });
  window.addEventListener("popstate", () => {
    recall();
    showAll();
  });
  renderer.focus();
  if (given) { const lit = highlight(); if (lit && !renderer.inView([...lit])) renderer.focus([...lit]); }
  sg.whenSeen(settle);

  sg.renderer = renderer;
})((window.socialgraph = window.socialgraph || {}));
