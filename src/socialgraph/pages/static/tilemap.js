// Moving among the tiles by arrow keys, and reading the chosen county's whole row beside the map. The rows are those of the
// table below; without this script every tile and every row is still there to be read.
"use strict";
(function () {
  const tiles = [...document.querySelectorAll(".tile")];
  const heads = [...document.querySelectorAll("thead th")].map((head) => head.textContent);
  const title = document.getElementById("chosen-title");
  const shown = document.getElementById("chosen-rows");
  const none = document.getElementById("chosen").dataset.none;
  const place = (tile) => ({ row: Number(tile.getAttribute("aria-rowindex")), column: Number(tile.getAttribute("aria-colindex")) });
  const rowsOf = (tile) => [...document.querySelectorAll("tbody tr")].filter((row) => row.dataset.county === tile.dataset.county);

  function listed(row) {
    const list = document.createElement("dl");
    [...row.cells].forEach((cell, number) => {
      if (cell.tagName === "TH" || !cell.textContent.trim()) return;  // the county is the heading
      const term = document.createElement("dt");
      const said = document.createElement("dd");
      term.textContent = heads[number];
      said.textContent = cell.textContent;
      list.append(term, said);
    });
    return list;
  }

  function choose(tile) {
    for (const other of tiles) {
      other.tabIndex = other === tile ? 0 : -1;
      other.setAttribute("aria-selected", String(other === tile));
    }
    const rows = rowsOf(tile);
    document.querySelectorAll(".chosen-row").forEach((row) => row.classList.remove("chosen-row"));
    rows.forEach((row) => row.classList.add("chosen-row"));
    title.textContent = tile.dataset.name;
    if (rows.length) shown.replaceChildren(...rows.map(listed));
    else {
      const said = document.createElement("p");
      said.textContent = none;
      shown.replaceChildren(said);
    }
  }

  // Sideways within the row; up and down to the nearest tile of the next row, of two as near the eastern one.
  function beside(tile, way) {
    const here = place(tile);
    const found = tiles.filter((other) => { const there = place(other); return there.row === here.row && (there.column - here.column) * way > 0; });
    return found.sort((a, b) => Math.abs(place(a).column - here.column) - Math.abs(place(b).column - here.column))[0];
  }
  function above(tile, way) {
    const here = place(tile);
    const far = (other) => { const there = place(other); return (there.row - here.row) * way * 10 + Math.abs(there.column - here.column); };
    return tiles.filter((other) => (place(other).row - here.row) * way > 0).sort((a, b) => far(a) - far(b) || place(b).column - place(a).column)[0];
  }
  function goal(tile, event) {
    const line = tiles.filter((other) => place(other).row === place(tile).row);
    switch (event.key) {
      case "ArrowLeft": return beside(tile, -1);
      case "ArrowRight": return beside(tile, 1);
      case "ArrowUp": return above(tile, -1);
      case "ArrowDown": return above(tile, 1);
      case "Home": return event.ctrlKey ? tiles[0] : line[0];
      case "End": return event.ctrlKey ? tiles[tiles.length - 1] : line[line.length - 1];
      default: return undefined;
    }
  }

  tiles.forEach((tile, number) => {
    tile.tabIndex = number ? -1 : 0;
    tile.setAttribute("aria-selected", "false");
    tile.addEventListener("focus", () => choose(tile));
    tile.addEventListener("click", () => tile.focus());
    tile.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        const [row] = rowsOf(tile);
        if (row) { row.tabIndex = -1; row.focus(); }
        event.preventDefault();
        return;
      }
      if (event.altKey || event.metaKey) return;
      const next = goal(tile, event);
      if (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) event.preventDefault();
      if (next) next.focus();
    });
  });
})();
