// Told steps: a story is an ordered list of days, filters and relations, each with its words; it follows the data, as it names them by id.
"use strict";
(function (sg) {
  sg.setUpStories = function (page) {
    const stories = page.picture.stories || [];
    const box = sg.byId("story");
    const choice = sg.byId("stories");
    let at = null; // [story, step]
    choice.hidden = !stories.length;

    function tell(focus) {
      const { words } = page;
      box.hidden = at === null;
      if (at === null) return box.replaceChildren();
      const story = stories[at[0]];
      const step = story.steps[at[1]];
      const move = (by) => () => show(at[0], at[1] + by, true);
      box.replaceChildren(
        sg.h("p", { class: "muted" }, words.t("story_step", { title: words.of(story.title), i: at[1] + 1, n: story.steps.length })),
        sg.h("h2", { id: "story-title", tabindex: "-1" }, words.of(step.title)),
        sg.h("p", {}, words.of(step.text)),
        sg.h("div", { class: "pair" },
          sg.h("button", { type: "button", class: "button", id: "story-back", disabled: at[1] === 0, onclick: move(-1) }, words.t("story_back")),
          sg.h("button", { type: "button", class: "button", id: "story-next", disabled: at[1] === story.steps.length - 1, onclick: move(1) }, words.t("story_next")),
          sg.h("button", { type: "button", class: "button", id: "story-end", onclick: () => leave() }, words.t("story_end"))));
      if (focus) sg.byId("story-title").focus({ preventScroll: true });
    }

    function show(story, step, focus) {
      const given = stories[story].steps[step];
      at = [story, step];
      for (const list of Object.values(page.off)) list.clear();
      page.off.state.add("ended");
      const lists = page.lists.relation.map(({ id }) => id);
      if (given.kinds.length) page.off.relation = new Set(lists.filter((id) => !given.kinds.includes(id)));
      page.only.county = page.only.topic = page.only.source = "";
      page.noHubs = false;
      page.focus = given.focus ? { id: given.focus, depth: given.depth } : null;
      page.since = given.since;
      page.state = { node: null, edge: null, path: null };
      page.setDay(given.day);
      page.redrawFilters();
      const nodes = new Set(given.entities);
      for (const id of given.relations) if (page.edges.has(id)) { nodes.add(page.edges.get(id).source); nodes.add(page.edges.get(id).target); }
      page.renderer.highlight(nodes.size ? { node: null, edge: null, nodes, edges: new Set(given.relations) } : null);
      page.renderer.focus(page.focus || !nodes.size ? undefined : [...nodes]);
      sg.drawPanel(page);
      tell(focus);
      page.say(`${page.words.of(given.title)}. ${page.words.of(given.text)}`);
    }

    function leave() {
      at = null;
      choice.value = "";
      tell();
      page.choose(null);
      page.clearFilter();
      choice.focus();
    }

    choice.addEventListener("change", () => (choice.value === "" ? leave() : show(Number(choice.value), 0, true)));
    return {
      // What the step speaks of, for the panel: the relations with their sources.
      relations: () => (at === null ? [] : stories[at[0]].steps[at[1]].relations.filter((id) => page.edges.has(id)).map((id) => page.edges.get(id))),
      at: () => (at === null ? "" : `${stories[at[0]].id}.${at[1] + 1}`),
      recall(text) {
        const [id, step] = (text || "").split(".");
        const story = stories.findIndex((one) => one.id === id);
        at = null;
        if (story >= 0 && stories[story].steps[Number(step) - 1]) setTimeout(() => { choice.value = String(story); show(story, Number(step) - 1); }, 0);
        else tell();
      },
      draw() {
        const { words } = page;
        choice.replaceChildren(sg.h("option", { value: "" }, words.t("stories")), ...stories.map((story, i) => sg.h("option", { value: i }, words.of(story.title))));
        choice.value = at === null ? "" : String(at[0]);
        tell();
      },
    };
  };
})((window.socialgraph = window.socialgraph || {}));
