// The panel beside the picture: about the whole, about an entity, or about a relation and every source that says it.
"use strict";
(function (sg) {
  const row = (term, ...value) => [sg.h("dt", {}, term), sg.h("dd", {}, ...value)];

  function claim(page, given) {
    const { words } = page;
    const source = page.sources.get(given.source) || { id: given.source, title: given.source, publisher: "", published: "", basis: "", url: "", documents: [] };
    const link = sg.safeLink(source.url);
    const documents = given.documents.length ? given.documents : source.documents;
    return sg.h("li", { class: "claim" },
      sg.h("p", { class: "claim-title" }, link ? sg.h("a", { href: link, rel: "noreferrer", target: "_blank", title: words.t("open_source") }, source.title) : source.title),
      sg.h("dl", {},
        source.publisher ? row(words.t("publisher"), source.publisher) : [],
        row(words.t("published"), words.published(source)),
        given.locator ? row(words.t("where"), sg.h("span", { "data-locator": given.locator }, words.locator(given.locator))) : [],
        row(words.t("says_period"), words.period(given.since, given.until)),
        row(words.t("says_status"), words.status(given.status)),
        given.stated ? row(words.t("stated"), sg.h("q", {}, given.stated)) : [],
        documents.length ? row(words.t("documents"), documents.join(", ")) : [],
        given.note ? row(words.t("note"), given.note) : []));
  }

  const claims = (page, given, apart) => (given.length ? sg.h("ol", { class: apart ? "claims apart" : "claims" }, given.map((one) => claim(page, one))) : sg.h("p", { class: "muted" }, page.words.t("no_evidence")));

  function witnesses(page, given) {
    if (!given.length) return null;
    return sg.h("details", { class: "witnesses" }, sg.h("summary", {}, page.words.count("evidence", given.length)), claims(page, given));
  }

  const nodeButton = (page, id) => {
    const node = page.nodes.get(id);
    return sg.h("button", { type: "button", class: "link", "data-node": id, onclick: () => page.pickFromList({ node: id }) }, page.kindGlyph(node.kind), sg.h("span", {}, page.words.of(node.label)));
  };

  function top(page, title, ...over) {
    return sg.h("div", { class: "panel-top" },
      sg.h("div", { class: "over" }, sg.h("p", {}, ...over),
        sg.h("button", { type: "button", class: "small", id: "close", onclick: () => page.pickFromList(null) }, page.words.t("close"))),
      sg.h("h2", { id: "panel-title", tabindex: "-1" }, title));
  }

  function aboutNode(page, node) {
    const { words } = page;
    const names = node.facts.filter((fact) => fact.kind === "name" || fact.kind === "abbreviation");
    const others = node.facts.filter((fact) => !names.includes(fact));
    const fact = (given, withKind) => sg.h("li", {},
      sg.h("p", {}, withKind ? sg.h("span", { class: "muted" }, `${page.kindTitle("fact", given.kind)}: `) : null, sg.h("strong", {}, given.value)),
      words.of(given.period) ? sg.h("p", { class: "muted" }, words.of(given.period)) : null, witnesses(page, given.claims));
    const told = new Set(names.map((name) => name.value));
    const alone = [...new Set([words.of(node.label), ...node.names])].filter((name) => !told.has(name));
    const own = page.around(node.id, false);
    const hidden = own.length - page.around(node.id, true).length;
    const groups = page.lists.relation.map(({ id }) => [id, own.filter((edge) => edge.kind === id)]).filter(([, group]) => group.length);
    const kind = page.kindTitle("entity", node.kind);
    return [
      top(page, words.of(node.label), page.kindGlyph(node.kind), kind),
      page.visible().nodes.has(node.id) ? null : sg.h("p", { class: "note" }, words.t("hidden_now")),
      tools(page, node),
      sg.h("section", {}, sg.h("h3", {}, words.t("names")), sg.h("ul", { class: "facts" }, names.map((name) => fact(name, name.kind !== "name")), alone.map((name) => sg.h("li", {}, name)))),
      node.numbers.length || node.county ? sg.h("section", {}, sg.h("dl", { class: "what" },
        node.county && page.nodes.has(node.county) ? row(words.t("only_county"), nodeButton(page, node.county)) : [],
        node.numbers.map(({ label, value, url }) => {
          const link = url && sg.safeLink(url);
          return row(sg.capital(words.of(label)), link ? sg.h("a", { href: link, rel: "noreferrer", target: "_blank" }, value) : value);
        }))) : null,
      others.length ? sg.h("section", {}, sg.h("h3", {}, words.t("facts")), sg.h("ul", { class: "facts" }, others.map((one) => fact(one, true)))) : null,
      sg.h("section", {}, sg.h("h3", {}, words.t("relations"), sg.h("span", { class: "count" }, String(own.length))),
        own.length ? null : sg.h("p", { class: "muted" }, words.t("no_relations")),
        hidden ? sg.h("p", { class: "muted" }, words.t("some_hidden", { n: hidden })) : null,
        groups.map(([id, group]) => sg.h("div", { class: "group" }, sg.h("h4", {}, page.kindTitle("relation", id), sg.h("span", { class: "count" }, String(group.length))),
          sg.h("ul", { class: "relations" }, group.map((edge) => sg.h("li", {},
            sg.h("button", { type: "button", class: "relation", "data-edge": edge.id, onclick: () => page.pickFromList({ edge: edge.id, from: node.id }) },
              sg.h("span", {}, page.sentence(edge)),
              sg.h("span", { class: "muted" }, sg.stroke(page.look(edge)), [edge.state ? page.stateWords(edge) : words.t("not_that_day"), words.of(edge.period)].filter(Boolean).join(" · ")))))))))
    ];
  }

  // What can be done from an entity: only it and its neighbours, one to three steps away; the way to another.
  function tools(page, node) {
    const { words } = page;
    const on = page.focus && page.focus.id === node.id ? page.focus.depth : 0;
    const depth = (n) => sg.h("button", { type: "button", class: "small", id: `focus-${n}`, "aria-pressed": String(on === n), "aria-label": words.t("focus_steps", { n }), onclick: () => { page.setFocus(on === n ? null : node.id, n); sg.byId(`focus-${n}`).focus(); } }, String(n));
    const names = sg.h("datalist", { id: "path-names" });
    const field = sg.h("input", { type: "text", id: "path-to", list: "path-names", autocomplete: "off", "aria-label": words.t("path_to"), placeholder: words.t("path_to"), onfocus: () => {
      if (!names.children.length) names.append(...page.picture.nodes.filter((one) => one.id !== node.id && page.visible().nodes.has(one.id)).map((one) => sg.h("option", { value: page.fullName(one.id) })));
    } });
    const go = () => {
      const exact = page.picture.nodes.find((one) => one.id !== node.id && page.fullName(one.id) === field.value);
      const to = exact || (sg.find(page.picture.nodes.filter((one) => one.id !== node.id), field.value, words)[0] || {}).node;
      if (!to) return page.say(words.t("search_none"));
      page.choose({ path: { from: node.id, to: to.id } }, { bring: true });
      sg.byId("panel-title").focus({ preventScroll: true });
    };
    field.addEventListener("keydown", (event) => event.key === "Enter" && go());
    return sg.h("div", { class: "tools" },
      sg.h("div", { role: "group", "aria-label": words.t("focus") }, sg.h("span", { class: "muted" }, words.t("focus")), [1, 2, 3].map(depth), page.focus ? sg.h("button", { type: "button", class: "small", id: "focus-off", onclick: () => { page.setFocus(null); sg.byId("panel-title").focus(); } }, words.t("focus_off")) : null),
      page.folding && page.folds.has(node.id) ? sg.h("div", {}, sg.h("button", { type: "button", class: "small", id: "unfold", "aria-pressed": String(page.open.has(node.id)), onclick: () => {
        if (page.open.has(node.id)) page.open.delete(node.id); else page.open.add(node.id);
        page.changed({ still: true });
        sg.drawPanel(page);
        sg.byId("unfold").focus();
      } }, words.t(page.open.has(node.id) ? "fold_again" : "unfold", { n: page.folds.get(node.id).length }))) : null,
      sg.h("div", {}, field, names, sg.h("button", { type: "button", class: "small", id: "path-go", onclick: go }, words.t("path_go"))));
  }

  // The way between two entities, each step with its sources; and what is related to both on that day.
  function aboutPath(page, { from, to }) {
    const { words } = page;
    const way = sg.shortestPath(page, from, to);
    const bind = sg.binders(page, from, to);
    const names = { from: page.fullName(from), to: page.fullName(to), day: words.date(sg.dayText(page.day)) };
    const step = (edge) => sg.h("li", {},
      sg.h("button", { type: "button", class: "relation", "data-edge": edge.id, onclick: () => page.pickFromList({ edge: edge.id }) },
        sg.h("span", {}, page.sentence(edge)),
        sg.h("span", { class: "muted" }, sg.stroke(page.look(edge)), page.stateWords(edge), " · ", [...new Set(edge.claims.map((claim) => (page.sources.has(claim.source) ? page.sources.get(claim.source).title : claim.source)))].join("; "))));
    return [
      top(page, words.t("path_title", names), words.t("path")),
      way === null ? sg.h("p", { class: "note" }, words.t("path_none", names)) : sg.h("section", {}, sg.h("p", { class: "muted" }, words.count("path_steps", way.length)), sg.h("ol", { class: "relations steps" }, way.map(step))),
      sg.h("section", {}, sg.h("h3", {}, words.t("binders"), sg.h("span", { class: "count" }, String(bind.length))),
        sg.h("p", { class: "muted" }, words.t(bind.length ? "binders_how" : "binders_none", names)),
        sg.h("ul", { class: "relations" }, bind.map(({ id, edges }) => sg.h("li", {}, nodeButton(page, id), sg.h("ul", { class: "relations" }, [...new Set(edges)].map(step)))))),
      sg.h("p", {}, nodeButton(page, from), sg.h("br"), nodeButton(page, to)),
    ];
  }

  function aboutEdge(page, edge) {
    const { words } = page;
    return [
      top(page, page.sentence(edge), page.kindTitle("relation", edge.kind)),
      page.visible().edges.has(edge.id) ? null : sg.h("p", { class: "note" }, words.t("hidden_now")),
      edge.disputed ? sg.h("p", { class: "note" }, words.t("disputed")) : null,
      sg.h("dl", { class: "what" },
        row(words.t("state"), edge.state || page.change(edge) ? [sg.stroke(page.look(edge)), page.stateWords(edge)] : words.t("not_that_day")),
        words.of(edge.period) ? row(words.t("period"), words.of(edge.period)) : [],
        edge.details.map(([name, value]) => row(sg.capital(words.of(name)), words.of(value))),
        row(words.t("between"), sg.h("div", { class: "ends" }, nodeButton(page, edge.source), nodeButton(page, edge.target)))),
      sg.h("section", {}, sg.h("h3", {}, words.t("evidence"), sg.h("span", { class: "count" }, String(edge.claims.length))), claims(page, edge.claims, edge.disputed)),
    ];
  }

  function aboutStep(page) {
    const { words } = page;
    return [
      top(page, words.t("story_relations"), words.t("story")),
      sg.h("ul", { class: "relations" }, page.story.relations().map((edge) => sg.h("li", {},
        sg.h("button", { type: "button", class: "relation", "data-edge": edge.id, onclick: () => page.pickFromList({ edge: edge.id }) },
          sg.h("span", {}, page.sentence(edge)),
          sg.h("span", { class: "muted" }, sg.stroke(page.look(edge)), [edge.state ? page.stateWords(edge) : words.t("not_that_day"), words.of(edge.period)].filter(Boolean).join(" · ")),
          sg.h("span", { class: "muted" }, [...new Set(edge.claims.map((claim) => (page.sources.has(claim.source) ? page.sources.get(claim.source).title : claim.source)))].join("; ")))))),
    ];
  }

  function aboutPicture(page) {
    const { words, picture } = page;
    if (page.story && page.story.relations().length) return aboutStep(page);
    const counts = { entities: words.count("entities", picture.nodes.length), relations: words.count("relations", picture.edges.length), sources: words.count("sources", picture.sources.length) };
    return [
      sg.h("div", { class: "panel-top" }, sg.h("h2", { id: "panel-title", tabindex: "-1" }, words.t("about"))),
      sg.h("p", {}, words.t("about_what", counts)),
      sg.h("p", {}, words.t("about_how")),
      sg.h("details", {}, sg.h("summary", {}, words.t("keys")), sg.h("p", { class: "muted" }, words.t("picture_help"))),
      picture.sources.length ? sg.h("section", {}, sg.h("h3", {}, words.t("sources"), sg.h("span", { class: "count" }, String(picture.sources.length))),
        sg.h("ul", { class: "sources" }, picture.sources.map((source) => {
          const link = sg.safeLink(source.url);
          return sg.h("li", {}, link ? sg.h("a", { href: link, rel: "noreferrer", target: "_blank" }, source.title) : sg.h("span", {}, source.title),
            sg.h("span", { class: "muted" }, [source.publisher, words.published(source)].filter(Boolean).join(" · ")));
        }))) : null,
    ];
  }

  sg.drawPanel = function (page) {
    const { edge, node, path } = page.state;
    const parts = path ? aboutPath(page, path) : edge ? aboutEdge(page, page.edges.get(edge)) : node ? aboutNode(page, page.nodes.get(node)) : aboutPicture(page);
    const panel = sg.byId("panel");
    panel.replaceChildren(...parts.flat().filter(Boolean));
    if (panel.dataset.about !== `${edge} ${node} ${path && path.to}`) panel.scrollTop = 0;
    panel.dataset.about = `${edge} ${node} ${path && path.to}`;
    panel.classList.toggle("idle", !edge && !node && !path);
  };
})((window.socialgraph = window.socialgraph || {}));
