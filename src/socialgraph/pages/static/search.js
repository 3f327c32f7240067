// Search by any name an entity ever had: what is typed with its dots first, without them after.
"use strict";
(function (sg) {
  const MOST = 12;

  function rank(name, wanted, fold) {
    const text = fold(name);
    if (text === wanted) return 0;
    if (text.startsWith(wanted)) return 1;
    const at = text.indexOf(wanted);
    if (at > 0) return /[\s(\-–/,.]/.test(text[at - 1]) ? 2 : 3;
    const parts = wanted.split(/\s+/).filter(Boolean);
    return parts.length > 1 && parts.every((part) => text.includes(part)) ? 4 : -1;
  }

  // A number as registers compare it: without the address before it, blanks and hyphens.
  const digits = (text) => text.trim().toLowerCase().split("/").pop().replace(/[\s-]/g, "");

  // Nodes that fit, best first: [{node, name}], where name is the one that matched.
  sg.find = function (nodes, typed, words) {
    const wanted = sg.fold(typed.trim());
    const bare = sg.bare(typed.trim());
    if (!wanted) return [];
    const hits = [];
    for (const node of nodes) {
      let best = null;
      for (const name of [words.of(node.label), node.label.sv, node.label.en, ...node.names].filter(Boolean)) {
        const exact = rank(name, wanted, sg.fold);
        const score = exact >= 0 ? exact : rank(name, bare, sg.bare) >= 0 ? 10 + rank(name, bare, sg.bare) : -1;
        if (score >= 0 && (best === null || score < best.score)) best = { node, name, score };
      }
      const number = digits(typed);
      for (const { value } of node.numbers || []) if (number.length > 1 && digits(value) === number) best = { node, name: value, score: -1 };
      if (best) hits.push(best);
    }
    const label = (hit) => words.of(hit.node.label);
    return hits.sort((a, b) => a.score - b.score || label(a).localeCompare(label(b), words.lang) || (a.node.id < b.node.id ? -1 : 1));
  };

  // The search field: a combobox (ARIA APG) whose list is walked with the arrow keys.
  sg.setUpSearch = function (page) {
    const input = sg.byId("search");
    const list = sg.byId("hits");
    let hits = [];
    let at = -1;

    function close() {
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      hits = [];
      at = -1;
    }
    function mark(next) {
      at = next;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", `hit-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
    function choose(i) {
      const { node } = hits[i];
      input.value = "";
      close();
      page.pickFromList({ node: node.id });
    }
    function look() {
      const words = page.words;
      const found = sg.find(page.picture.nodes, input.value, words);
      close();
      if (!input.value.trim()) return;
      hits = found.slice(0, MOST);
      const visible = page.visible().nodes;
      list.replaceChildren(...hits.map(({ node, name }, i) => {
        const label = words.of(node.label);
        const notes = [page.kindTitle("entity", node.kind)];
        if (name !== label) notes.push(`”${name}”`);
        if (!visible.has(node.id)) notes.push(words.t("hidden_by_filter"));
        return sg.h("li", { id: `hit-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); choose(i); } },
          page.kindGlyph(node.kind), sg.h("span", {}, sg.h("span", { class: "hit-name" }, label), sg.h("span", { class: "hit-note" }, notes.join(" · "))));
      }));
      if (!hits.length) list.append(sg.h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "hit-none" }, words.t("search_none")));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      page.say(hits.length ? words.count("search_found", found.length) : words.t("search_none"));
    }

    input.addEventListener("input", look);
    input.addEventListener("focus", () => input.value && look());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { if (list.hidden) input.value = ""; close(); event.preventDefault(); return; }
      if (!hits.length) return;
      if (event.key === "ArrowDown") mark((at + 1) % hits.length);
      else if (event.key === "ArrowUp") mark((at - 1 + hits.length) % hits.length);
      else if (event.key === "Enter") choose(Math.max(at, 0));
      else return;
      event.preventDefault();
    });
  };
})((window.socialgraph = window.socialgraph || {}));
