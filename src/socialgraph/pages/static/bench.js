// The SPARQL bench: completion and marks where the editor was built in, a textarea where not; both remember what was asked.
"use strict";
const form = document.getElementById("bench"), area = document.getElementById("query"), slip = document.getElementById("slip");
const KEY = "socialgraph.queries", MOST = 20;

function remembered() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; }
}

function remember(text) {
  try { localStorage.setItem(KEY, JSON.stringify([text, ...remembered().filter(t => t !== text)].slice(0, MOST))); } catch { /* a browser that keeps nothing */ }
}

let waiting = 0, asked = 0;
async function check(text, mark) {
  const mine = ++asked;
  const reply = text.trim() ? await fetch(`${form.dataset.check}&query=${encodeURIComponent(text)}`).then(r => r.ok ? r.json() : []).catch(() => []) : [];
  if (mine !== asked) return;
  slip.textContent = reply.map(e => e.text).join(" ");
  mark?.(reply.map(e => ({ text: e.text, at: /(\d+), (?:column|kolumn) (\d+)/.exec(e.text) })));
}

function later(text, mark) {
  clearTimeout(waiting);
  waiting = setTimeout(() => check(text, mark), 500);
}

const editor = globalThis.socialgraphEditor?.(area, {
  offers: () => fetch(form.dataset.offers).then(r => r.json()),
  changed: (text, mark) => later(text, mark),
  submit: () => form.requestSubmit(form.querySelector(".go")),
});
if (!editor) area.addEventListener("input", () => later(area.value));

form.addEventListener("submit", event => {
  if (editor) area.value = editor.text();
  if (event.submitter?.name !== "take") {
    document.getElementById("example").value = "";
    remember(area.value);
  }
});

const past = remembered();
if (past.length) {
  const label = document.createElement("label"), list = document.createElement("select");
  list.id = "history";
  label.htmlFor = "history";
  label.textContent = form.dataset.history + " ";
  list.append(new Option("–", ""), ...past.map((text, i) => new Option(text.replace(/\s+/g, " ").slice(0, 80), String(i))));
  list.addEventListener("change", () => {
    if (list.value === "") return;
    area.value = past[Number(list.value)];
    editor?.put(area.value);
  });
  document.getElementById("past").append(label, list);
}
