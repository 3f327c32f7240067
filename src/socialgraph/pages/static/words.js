// The page's words in the language chosen, and what codes mean in words: EDTF dates, places in a source, periods.
"use strict";
(function (sg) {
  sg.Words = function (table, lang) {
    this.table = table;
    this.lang = lang;
  };
  const Words = sg.Words.prototype;

  // A fixed text; {name} is filled from `values`.
  Words.t = function (key, values) {
    const text = this.table.texts[this.lang][key];
    return values ? text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all)) : text;
  };
  Words.count = function (key, n) {
    return this.t(key + (n === 1 ? "_one" : "_many"), { n });
  };
  // A Text of the picture ({sv, en}) in the language chosen.
  Words.of = function (text) {
    if (typeof text === "string") return text; // the same in both
    return (text && (text[this.lang] || text.sv || text.en)) || "";
  };
  Words.state = function (id) {
    return this.table.states[this.lang][id] || id;
  };
  Words.status = function (id) {
    return this.table.statuses[this.lang][id] || id;
  };

  // "p3.s2" → "stycke 3, mening 2"; "p0" is the title; what is not of that form (a page, a cell) stays as written.
  Words.locator = function (text) {
    const found = /^p(\d+)(?:\.s(\d+))?$/.exec(text);
    if (!found) return text;
    const [, p, s] = found;
    const parts = [p === "0" ? this.t("locator_title") : this.t("locator_paragraph", { p })];
    if (s) parts.push(this.t("locator_sentence", { s }));
    return parts.join(", ");
  };

  // EDTF (ISO 8601-2) in words; a form not known here is shown as it was written.
  Words.date = function (text) {
    if (text.includes("/")) {
      const [a, b] = text.split("/");
      return this.t("span", { a: a === ".." || !a ? this.t("open_start") : this.date(a), b: b === ".." || !b ? this.t("open_end") : this.date(b) });
    }
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)$/.exec(text);
    if (!found) return text;
    const [, year, month, day, mark] = found;
    const m = Number(month || 0);
    let words = year;
    if (m >= 21 && m <= 24) words = `${this.t("seasons").split(" ")[m - 21]} ${year}`;
    else if (m >= 1 && m <= 12) words = `${day ? Number(day) + " " : ""}${this.t("months").split(" ")[m - 1]} ${year}`;
    else if (m) return text;
    if (mark === "~") return this.t("about_date", { date: words });
    if (mark === "?") return this.t("unsure_date", { date: words });
    if (mark === "%") return this.t("unsure_date", { date: this.t("about_date", { date: words }) });
    return words;
  };

  Words.period = function (since, until) {
    if (since && until && since === until) return this.date(since);
    if (since && until) return this.t("from_to", { since: this.date(since), until: this.date(until) });
    if (since) return this.t("from_only", { since: this.date(since) });
    if (until) return this.t("to_only", { until: this.date(until) });
    return this.t("no_period");
  };

  Words.published = function (source) {
    if (!source.published) return this.t("date_unknown");
    return this.t(source.basis === "inferred" ? "date_inferred" : "date_stated", { date: this.date(source.published) });
  };

  sg.capital = (text) => text.charAt(0).toLocaleUpperCase("sv") + text.slice(1);

  // For search: the letters as written but lower case, and the same without dots and accents (a weaker match).
  sg.fold = (text) => text.normalize("NFC").toLocaleLowerCase("sv");
  sg.bare = (text) => sg.fold(text).replace(/ø/g, "o").replace(/æ/g, "ae").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
})((window.socialgraph = window.socialgraph || {}));
