// The search of the site without a server: the same order as on the server (model/search.py), over a list of names.
"use strict";
(function () {
  const list = document.getElementById("found"), told = document.getElementById("told");
  const fold = (text) => text.toLowerCase().trim().split(/\s+/).join(" ");
  const bare = (text) => fold(text).normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const sought = new URLSearchParams(location.search).get("q") || "";
  for (const field of document.querySelectorAll("input[name=q]")) field.value = sought;
  const wanted = fold(sought);
  if (!wanted) return;
  function rank(names, text) {
    let best = 9;
    for (const name of names) {
      if (name === text || name.replace(/-/g, "") === text.replace(/-/g, "")) best = Math.min(best, 0);
      else if (name.startsWith(text)) best = Math.min(best, 1);
      else if (name.includes(" " + text)) best = Math.min(best, 2);
      else if (name.includes(text)) best = Math.min(best, 3);
    }
    return best;
  }
  const found = [];
  for (const [id, sv, en, kindSv, kindEn, names, plain] of window.NAMES) {
    let place = rank(names, wanted);
    if (place === 9 && plain.length) place = rank(plain, bare(wanted)) + 4;
    if (place < 9) found.push([place, sv.length, id, document.documentElement.lang === "en" ? [en, kindEn] : [sv, kindSv]]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  const home = list.dataset.entities.replace(/index\.html$/, "");
  for (const [, , id, [name, kind]] of found.slice(0, 100)) {
    const item = document.createElement("li"), link = document.createElement("a"), what = document.createElement("span");
    link.href = home + id + "/index.html";
    link.textContent = name;
    what.className = "muted";
    what.textContent = " " + kind;
    item.append(link, what);
    list.append(item);
  }
  told.textContent = found.length ? list.dataset.one.replace("{}", found.length) : list.dataset.none;
})();
