// The editor of the SPARQL bench: CodeMirror over the form's own textarea, which keeps working where this file is missing.
import { acceptCompletion, autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, defaultHighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What a word begun may become: by its id, or by a word of its label in Swedish or English. */
function completer(offers) {
  let known = null;
  return async context => {
    const word = context.matchBefore(/[\w-]*:?[\p{L}\w.-]*/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    known ??= (await offers()).map(o => ({ ...o, found: fold([o.term, o.label, ...o.names].join(" ")) }));
    const [prefix, local] = word.text.includes(":") ? word.text.split(":") : ["", word.text];
    const wanted = fold(local);
    const options = known
      .filter(o => (!prefix || o.term.startsWith(prefix + ":")) && o.found.includes(wanted))
      .map(o => ({ label: o.term, detail: [o.label, o.what].filter(Boolean).join(" · "), boost: fold(o.term).includes(wanted) ? 1 : 0 }))
      .slice(0, 60);
    return { from: word.from, options, filter: false };
  };
}

globalThis.socialgraphEditor = (area, { offers, changed, submit }) => {
  const label = area.labels[0].textContent;
  const mark = found => view.dispatch(setDiagnostics(view.state, found.flatMap(({ text, at }) => {
    if (!at || Number(at[1]) > view.state.doc.lines) return [];
    const line = view.state.doc.line(Number(at[1]));
    const from = Math.min(line.from + Number(at[2]) - 1, line.to);
    const end = /^[\w:-]+/.exec(view.state.sliceDoc(from, line.to));
    return [{ from, to: Math.max(from, from + (end ? end[0].length : 1)), severity: "error", message: text }];
  })));
  const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });  // in it styles are sheets, which the page's policy allows
  const view = new EditorView({
    root, parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), StreamLanguage.define(sparql),
        syntaxHighlighting(defaultHighlightStyle), autocompletion({ override: [completer(offers)], interactionDelay: 0 }), EditorView.lineWrapping,
        EditorView.theme({
          "&": { border: "1px solid #77828f", borderRadius: "6px", background: "#fff", fontSize: "0.875rem" },
          "&.cm-focused": { outline: "3px solid #0b5c94", outlineOffset: "1px" },
          ".cm-gutters": { background: "#f5f7f9", color: "#4d5a69" }, ".cm-content": { minHeight: "14em" }, ".cm-scroller": { overflow: "visible" },
        }),
        EditorView.contentAttributes.of({ "aria-label": label }),
        keymap.of([{ key: "Mod-Enter", run: () => (submit(), true) }, { key: "Tab", run: acceptCompletion }, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.updateListener.of(update => {
          if (!update.docChanged) return;
          area.value = update.state.doc.toString();
          changed(area.value, mark);
        }),
      ],
    }),
  });
  area.hidden = true;
  area.before(host);
  return {
    text: () => view.state.doc.toString(),
    put: text => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
};
