// Elements from values. Text always goes in as text: nothing in the data can become markup.
"use strict";
(function (sg) {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return element;
  }

  sg.h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  sg.svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  sg.byId = (id) => document.getElementById(id);
  sg.data = (id) => JSON.parse(document.getElementById(id).textContent);

  // Once what has been drawn so far is on the screen.
  sg.whenSeen = (callback) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(callback)));

  // What is not needed to see the page stands in it as text, and becomes a script when it is first asked for.
  sg.runLater = function () {
    for (const text of document.querySelectorAll("script.later")) text.replaceWith(sg.h("script", {}, text.textContent));
  };

  // The address only if it is one a reader can safely follow.
  sg.safeLink = function (address) {
    try {
      const url = new URL(address);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
      return null;
    }
  };

  // Colours are chosen for white paper; on a dark screen they are made lighter, and ink and paper change places.
  const night = window.matchMedia("screen and (prefers-color-scheme: dark)");
  let paper = false; // what is taken along or printed is always on white
  sg.dark = () => night.matches && !paper;
  sg.onPaper = (draw) => { paper = true; try { return draw(); } finally { paper = false; } };
  sg.onTheme = (callback) => night.addEventListener("change", callback);
  sg.tone = (colour) => (sg.dark() && /^#[0-9a-f]{6}$/i.test(colour) ? `#${[1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.56 + 255 * 0.44).toString(16).padStart(2, "0")).join("")}` : colour);
  sg.ink = () => (sg.dark() ? { ink: "#e8ecf1", soft: "#b9c3ce", paper: "#12171d", halo: "rgba(18,23,29,0.92)", ring: "#5b4a12", mark: "#8a6d00", area: "#1a2129" }
    : { ink: "#1b2430", soft: "#33404f", paper: "#ffffff", halo: "rgba(255,255,255,0.94)", ring: "#fde9ae", mark: "#f5b301", area: "#f3f5f8" });

  // The outline of a shape around (0, 0) as an SVG path: the legend and the lists show what the picture shows.
  const polygon = (corners, radius, turn) =>
    Array.from({ length: corners }, (_, i) => {
      const angle = turn + (i * 2 * Math.PI) / corners;
      return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
    }).join(" ");
  const star = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 ? 3 : 7.4;
    return `${(radius * Math.sin((i * Math.PI) / 5)).toFixed(2)},${(-radius * Math.cos((i * Math.PI) / 5)).toFixed(2)}`;
  }).join(" ");

  function outline(glyph) {
    switch (glyph) {
      case "box": return sg.svg("rect", { x: -7.5, y: -4.8, width: 15, height: 9.6, rx: 2.4 });
      case "square": return sg.svg("rect", { x: -5.6, y: -5.6, width: 11.2, height: 11.2 });
      case "ellipse": return sg.svg("ellipse", { rx: 7.5, ry: 4.6 });
      case "diamond": return sg.svg("polygon", { points: polygon(4, 7.4, 0) });
      case "hexagon": return sg.svg("polygon", { points: polygon(6, 7, 0) });
      case "triangle": return sg.svg("polygon", { points: "0,-6.6 7,5.6 -7,5.6" });
      case "triangleDown": return sg.svg("polygon", { points: "0,6.6 7,-5.6 -7,-5.6" });
      case "star": return sg.svg("polygon", { points: star });
      default: return sg.svg("circle", { r: 6 });
    }
  }

  sg.glyph = function (glyph, colour) {
    const shape = outline(glyph);
    shape.setAttribute("fill", sg.tone(colour));
    return sg.svg("svg", { class: "glyph", viewBox: "-9 -9 18 18", "aria-hidden": "true", focusable: "false" }, shape);
  };

  sg.stroke = function (stroke) {
    const line = sg.svg("line", { x1: 1, y1: 6, x2: 41, y2: 6, stroke: sg.tone(stroke.color), "stroke-width": stroke.width + 0.4, "stroke-linecap": "butt" });
    if (stroke.dashes) line.setAttribute("stroke-dasharray", stroke.dashes.join(" "));
    return sg.svg("svg", { class: "stroke", viewBox: "0 0 42 12", "aria-hidden": "true", focusable: "false" }, line);
  };
})((window.socialgraph = window.socialgraph || {}));
