// Days: what state a relation is in, what an entity is called, and the bar with which a reader moves through time.
"use strict";
(function (sg) {
  const DAY = 86400000;
  const NEVER = -719162; // 0001-01-01: no day is known
  sg.dayNumber = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  sg.dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  sg.monthsOn = (day, months) => {
    const at = new Date(day * DAY);
    const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate();
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, Math.min(at.getUTCDate(), last)) / DAY;
  };

  // The state of a relation on a day (`View.state`), null where it is not to be drawn: not begun, or a plan not yet voiced or past.
  sg.stateOn = function (edge, day) {
    const d = edge.days;
    if (!d) return edge.fixed;
    if (edge.status === "planned" || edge.status === "wished") return d.first_seen <= day && day <= d.possible_until ? edge.status : null;
    if (d.certain_from <= day && day <= d.certain_until) return "certain";
    if (d.certain_from <= day && day <= d.presumed_until) return "presumed";
    if (d.possible_from <= day && day <= d.possible_until) return "possible";
    return d.possible_until < day ? "ended" : null;
  };

  // What an entity is called on a day: {short, full}, each a text in both languages.
  sg.calledOn = function (node, day) {
    const called = node.called || [];
    let at = null;
    for (const name of called) if (name.day <= day) at = name;
    return at || { short: node.given, full: node.given };
  };

  // The days on which something begins or ends, counted by month: [{day, begins, ends}], and the days on which a name changes.
  sg.changesByMonth = function (picture) {
    const months = new Map();
    const count = (day, what) => {
      if (day < picture.first_day || day > picture.last_day) return;
      const key = sg.dayText(day).slice(0, 7);
      if (!months.has(key)) months.set(key, { day: sg.dayNumber(`${key}-01`), begins: 0, ends: 0 });
      months.get(key)[what] += 1;
    };
    for (const edge of picture.edges) {
      if (!edge.days || edge.status === "planned" || edge.status === "wished") continue;
      const { certain_from, possible_from, possible_until } = edge.days;
      count(possible_from > NEVER ? possible_from : certain_from, "begins");
      count(possible_until, "ends");
    }
    const renamed = new Set(picture.nodes.flatMap((node) => (node.called || []).slice(1).map((name) => name.day)));
    return { months: [...months.values()].sort((a, b) => a.day - b.day), renamed: [...renamed].filter((day) => day >= picture.first_day && day <= picture.last_day) };
  };

  // The bar under the picture. Says page.setDay, page.setMode, page.setSince; is told by `draw` where the page stands.
  sg.setUpTime = function (page) {
    const { picture } = page;
    const [slider, exact, mode, compare, since, play] = ["day", "day-exact", "mode", "compare", "since", "play"].map(sg.byId);
    sg.byId("time").hidden = picture.first_day >= picture.last_day;
    slider.min = picture.first_day;
    slider.max = picture.last_day;
    exact.min = since.min = sg.dayText(picture.first_day);
    exact.max = since.max = sg.dayText(picture.last_day);
    let timer = 0;

    function stop() {
      clearInterval(timer);
      timer = 0;
      draw();
    }
    function tick() {
      const next = Math.min(sg.monthsOn(page.day, 1), picture.last_day);
      page.setDay(next, { playing: next < picture.last_day });
      if (next >= picture.last_day) stop();
    }
    play.addEventListener("click", () => {
      if (timer) return stop();
      if (page.day >= picture.last_day) page.setDay(Math.max(picture.first_day, sg.monthsOn(picture.last_day, -120)));
      timer = setInterval(tick, window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 1200 : 260);
      draw();
    });
    slider.addEventListener("input", () => page.setDay(Number(slider.value)));
    slider.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 12, PageDown: -12 }[event.key];
      if (!by) return;
      event.preventDefault();
      page.setDay(Math.min(Math.max(sg.monthsOn(page.day, by), picture.first_day), picture.last_day), { aloud: true });
    });
    const within = (text) => {
      const day = sg.dayNumber(text);
      return Number.isFinite(day) && day >= picture.first_day && day <= picture.last_day ? day : null;
    };
    exact.addEventListener("change", () => (within(exact.value) === null ? draw() : page.setDay(within(exact.value), { aloud: true })));
    mode.addEventListener("change", () => page.setMode(mode.value));
    compare.addEventListener("change", () => page.setSince(compare.checked ? Math.max(sg.monthsOn(page.day, -12), picture.first_day) : null));
    since.addEventListener("change", () => within(since.value) !== null && page.setSince(within(since.value)));

    function marks() {
      const { months, renamed } = sg.changesByMonth(picture);
      const x = (day) => ((day - picture.first_day) / Math.max(picture.last_day - picture.first_day, 1)) * 1000;
      const most = Math.max(1, ...months.map((month) => Math.max(month.begins, month.ends)));
      const tall = (n) => (n ? Math.max(1.5, 10 * Math.sqrt(n / most)) : 0);
      const years = [];
      for (let year = Number(sg.dayText(picture.first_day).slice(0, 4)) + 1; year <= Number(sg.dayText(picture.last_day).slice(0, 4)); year += 1) years.push(year);
      const width = 1000 / Math.max(1, (picture.last_day - picture.first_day) / 30.4);
      sg.byId("marks").replaceChildren(
        ...years.map((year) => sg.svg("line", { class: "tick", x1: x(sg.dayNumber(`${year}-01-01`)), x2: x(sg.dayNumber(`${year}-01-01`)), y1: 0, y2: 24 })),
        ...months.map((month) => sg.svg("rect", { class: "begins", x: x(month.day).toFixed(1), y: (12 - tall(month.begins)).toFixed(1), width: (width * 0.7).toFixed(1), height: tall(month.begins).toFixed(1) })),
        ...months.map((month) => sg.svg("rect", { class: "ends", x: x(month.day).toFixed(1), y: 12, width: (width * 0.7).toFixed(1), height: tall(month.ends).toFixed(1) })),
        ...renamed.map((day) => sg.svg("path", { class: "renamed", d: `M${x(day).toFixed(1)} 20l2.5 3-2.5 3-2.5-3z` })));
      const step = Math.max(1, Math.ceil(years.length / 10));
      sg.byId("years").replaceChildren(...years.filter((year) => year % step === 0).map((year) => sg.svg("text", { x: `${(x(sg.dayNumber(`${year}-01-01`)) / 10).toFixed(2)}%`, y: 11 }, String(year))));
    }

    function draw() {
      const { words } = page;
      slider.value = page.day;
      slider.setAttribute("aria-valuetext", words.date(sg.dayText(page.day)));
      exact.value = sg.dayText(page.day);
      mode.replaceChildren(...["certain", "presumed", "possible"].map((id) => sg.h("option", { value: id, selected: page.mode === id }, words.t(`mode_${id}`))));
      mode.value = page.mode;
      compare.checked = page.since !== null;
      since.hidden = page.since === null;
      if (page.since !== null) since.value = sg.dayText(page.since);
      play.setAttribute("aria-label", words.t(timer ? "stop" : "play"));
      play.title = words.t(timer ? "stop" : "play");
      play.classList.toggle("playing", Boolean(timer));
    }
    return { draw, marks, stop };
  };
})((window.socialgraph = window.socialgraph || {}));
