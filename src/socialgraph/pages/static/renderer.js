// The one file that knows vis-network. The page sees only what createRenderer gives:
//   setData(drawing, words)   nodes and edges with coordinates; words: {nodes, edges: id → label, titles: id → hover text}
//   setVisible(nodes, edges)  two Sets of ids, seen from the next highlight on
//   highlight(choice)         {node?, edge?, nodes: Set, edges: Set} or null: the rest steps back
//   focus(ids)                bring these nodes into view; nothing given: all that is visible; inView(ids) tells if they already are
//   onPick(callback)          callback({node}) or ({edge}) or (null) when the reader clicks; onOpen(callback) with a node on a double click
//   arrange(places)           a Map id → {x, y} of places other than their own, or null
//   setLooks(look)            a function id → {width, dashes, color} of an edge, asked at the next setVisible; setNames(names, titles) likewise for nodes
// and, for buttons and tests: zoom(factor), place(id) → {x, y} in the page, image() → data address, shown() → what is drawn.
"use strict";
(function (sg) {
  const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
  const LABELS = 130; // so many names at most: more cover each other
  const EDGE_LABELS = 14; // so many lines and neighbours at most are all named when one is chosen
  const [SIDE, ABOVE, BELOW] = [72, 76, 54]; // pixels kept free for names and buttons when the picture is fitted
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function wrap(text, width, most) {
    const lines = [];
    for (const word of text.split(/\s+/)) {
      const last = lines.length - 1;
      if (last >= 0 && (lines[last] + " " + word).length <= width) lines[last] += " " + word;
      else lines.push(word);
    }
    const cut = lines.length > most ? [...lines.slice(0, most - 1), lines[most - 1] + " …"] : lines;
    return cut.map((line) => (line.length > width + 8 ? line.slice(0, width + 6) + "…" : line));
  }

  // vis draws "box" and "ellipse" around their label; ours stand above it like every other shape.
  function ownShape(glyph) {
    return ({ ctx, x, y, style }) => {
      const half = style.size;
      const w = glyph === "box" ? half * 1.15 : half * 1.2;
      const hgt = glyph === "box" ? half * 0.76 : half * 0.74;
      return {
        drawNode() {
          ctx.save();
          ctx.beginPath();
          if (glyph === "box") ctx.roundRect(x - w, y - hgt, w * 2, hgt * 2, half * 0.34);
          else ctx.ellipse(x, y, w, hgt, 0, 0, 2 * Math.PI);
          ctx.fillStyle = style.color;
          ctx.fill();
          ctx.lineWidth = 2;
          ctx.strokeStyle = sg.ink().paper;
          ctx.stroke();
          ctx.restore();
        },
        nodeDimensions: { width: w * 2, height: hgt * 2 },
      };
    };
  }

  sg.createRenderer = function (container) {
    let network = null;
    let nodes = null;
    let edges = null;
    let words = { nodes: {}, edges: {}, titles: {}, areas: {} };
    let drawn = { nodes: [], edges: [] };
    let order = [];
    let visible = { nodes: new Set(), edges: new Set() };
    let choice = null;
    let hovered = null;
    let picked = () => {};
    let opened = () => {};
    let look = null; // the page says how before it hands the data
    let base = new Map();
    const painted = { nodes: new Map(), edges: new Map() };
    let moving = 0;
    let whole = false; // whether vis holds everything, not only what was seen first
    let astray = false; // whether nodes stand elsewhere than at home
    let fitted = null; // what was brought into view last, until the reader moves the picture
    let written = null; // names as placed last, drawn again as they are while the picture moves
    let growth = 1; // glyphs and lines are drawn larger when the whole is seen from afar
    const state = { faded: (id) => choice !== null && !choice.nodes.has(id) };

    const colours = ({ shape, color }) => {
      const [own, edge] = [sg.tone(color), sg.ink().paper];
      return shape === "box" || shape === "ellipse" ? own : { background: own, border: edge, hover: { background: own, border: edge } };
    };
    const asNode = (node) => {
      const own = node.shape === "box" || node.shape === "ellipse";
      return {
        id: node.id, x: node.x, y: node.y, shape: own ? "custom" : node.shape, ...(own ? { ctxRenderer: ownShape(node.shape) } : {}),
        hidden: !visible.nodes.has(node.id), ...nodeLook(node),
      };
    };
    const asEdge = (edge) => ({
      id: edge.id, hidden: !visible.edges.has(edge.id), from: edge.from, to: edge.to, title: words.titles[edge.id],
      ...(edge.line ? { arrows: { to: { enabled: false } } } : {}), ...(edge.bow ? { smooth: bowed(edge.bow) } : {}), ...edgeLook(edge.id),
    });
    const SAME = { // what holds for all, said once
      nodes: { borderWidth: 2, chosen: false },
      edges: { hoverWidth: 0.8, selfReference: { size: 26 }, arrowStrikethrough: false, arrows: { to: { enabled: true, scaleFactor: 0.6 } }, smooth: { enabled: false } },
    };
    const bowed = (bow) => ({ enabled: true, type: bow > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bow) });

    // What is seen at once is handed to vis first; the rest of the days and filters follows when the first picture stands.
    function build(drawing) {
      drawn = drawing;
      base = new Map(drawing.edges.map((edge) => [edge.id, edge]));
      const degree = new Map(drawing.nodes.map((node) => [node.id, node.size]));
      order = drawing.nodes.map((node) => node.id).sort((a, b) => degree.get(b) - degree.get(a) || (a < b ? -1 : 1));
      const seen = drawing.nodes.filter((node) => visible.nodes.has(node.id));
      const begin = camera(seen);
      if (begin) growth = growthAt(begin.scale);
      nodes = new vis.DataSet(seen.map(asNode));
      edges = new vis.DataSet(drawing.edges.filter((edge) => visible.edges.has(edge.id)).map(asEdge));
      for (const node of drawing.nodes) painted.nodes.set(node.id, nodeSign(node));
      for (const edge of drawing.edges) painted.edges.set(edge.id, edgeSign(edge.id));
      network = new vis.Network(container, { nodes, edges }, { ...drawing.options, ...SAME });
      for (const part of container.querySelectorAll("[tabindex]")) part.tabIndex = -1;
      network.on("click", (event) => {
        const node = network.getNodeAt(event.pointer.DOM);
        const edge = node === undefined ? network.getEdgeAt(event.pointer.DOM) : undefined;
        picked(node !== undefined ? { node } : edge !== undefined ? { edge } : null);
      });
      // A mouse's double click is told by the browser, which knows when the buttons were pressed: vis counts from when it got to them, too late on a busy machine.
      let touched = false;
      const open = (at) => {
        const node = network.getNodeAt(at);
        if (node !== undefined) opened(node);
      };
      container.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);
      container.addEventListener("dblclick", (event) => {
        const { left, top } = container.getBoundingClientRect();
        if (!touched) open({ x: event.clientX - left, y: event.clientY - top });
      });
      network.on("doubleClick", (event) => touched && open(event.pointer.DOM));
      for (const event of ["dragStart", "dragging", "zoom"]) network.on(event, () => { fitted = null; move(); });
      network.on("dragStart", (event) => carry(network.getNodeAt(event.pointer.DOM) === undefined));
      network.on("dragging", () => carried && carried.farther() && refresh());
      network.on("dragEnd", () => { carry(false); move(); });
      const size = () => `${container.clientWidth} ${container.clientHeight}`;
      let former = size();
      new ResizeObserver(() => { // the stage shrinks when the legend grows
        if (fitted && former !== size()) fit(fitted(), true);
        former = size();
      }).observe(container);
      network.on("hoverNode", (event) => { hovered = event.node; container.style.cursor = "pointer"; network.redraw(); });
      network.on("hoverEdge", () => { container.style.cursor = "pointer"; });
      network.on("blurNode", () => { hovered = null; container.style.cursor = ""; network.redraw(); });
      network.on("blurEdge", () => { container.style.cursor = ""; });
      network.on("zoom", growSoon);
      network.on("beforeDrawing", areas);
      network.on("beforeDrawing", ring);
      network.on("afterDrawing", labels);
      sg.whenSeen(complete);
    }

    // The things that the first picture did not show.
    function complete() {
      if (whole) return;
      whole = true;
      nodes.add(drawn.nodes.filter((node) => !nodes.get(node.id)).map(asNode));
      edges.add(drawn.edges.filter((edge) => !edges.get(edge.id)).map(asEdge));
    }

    function move() {
      clearTimeout(moving);
      moving = setTimeout(() => { moving = 0; written = null; if (carried) refresh(); else network.redraw(); }, 130);
    }

    // A picture that is dragged is moved as it stands, lines and names and all; it is drawn anew when it rests or has come far.
    let carried = null;
    function carry(whether) {
      network.renderer.options.hideNodesOnDrag = whether;
      carried = whether ? snapshot() : null;
    }
    function refresh() {
      carried = null;
      network.renderer.dragging = false;
      network.redraw();
      network.renderer.dragging = true;
      carried = snapshot();
    }
    function snapshot() {
      const canvas = container.querySelector("canvas");
      const sheet = document.createElement("canvas");
      [sheet.width, sheet.height] = [canvas.width, canvas.height];
      sheet.getContext("2d").drawImage(canvas, 0, 0);
      const [from, scale, ratio] = [network.canvasToDOM({ x: 0, y: 0 }), network.getScale(), canvas.width / canvas.clientWidth];
      const gone = () => { const to = network.canvasToDOM({ x: 0, y: 0 }); return { x: to.x - from.x, y: to.y - from.y }; };
      return {
        farther: () => Math.hypot(gone().x, gone().y) > 200 || network.getScale() !== scale,
        draw(ctx) {
          ctx.save();
          ctx.setTransform(1, 0, 0, 1, 0, 0);
          ctx.drawImage(sheet, Math.round(gone().x * ratio), Math.round(gone().y * ratio));
          ctx.restore();
        },
      };
    }

    const ringSize = (size) => size * 1.25 + 8;

    // Named parts of the picture, under everything: where a county's things stand.
    let signs = []; // where their names stand: no other name may cover them
    function areas(ctx) {
      if (carried) return;
      signs = [];
      if (astray || !drawn.areas || !drawn.areas.length) return;
      const scale = network.getScale();
      ctx.save();
      ctx.textBaseline = "top";
      const short = (id) => (words.areas[id] || id).replace(/ \(\+\d+\)$/, "");
      const room = ({ x, y, height }) => Math.min(...drawn.areas.filter((other) => other.x > x && other.y < y + height && y < other.y + other.height).map((other) => other.x - x)) - 24;
      const wished = Math.min(Math.max(12.5 / scale, 22), 110);
      ctx.font = `600 ${wished}px ${FONT}`;
      const size = wished * Math.max(0.8, Math.min(1, ...drawn.areas.map((area) => room(area) / ctx.measureText(short(area.id)).width))); // no name runs into its neighbour
      ctx.font = `600 ${size}px ${FONT}`;
      for (const { x, y, width, height, id } of drawn.areas) {
        ctx.beginPath();
        ctx.roundRect(x, y, width, height, 22);
        ctx.fillStyle = sg.ink().area;
        ctx.fill();
        ctx.fillStyle = sg.ink().soft;
        const top = size > 40 ? y - size * 1.05 : y + 8;
        const full = words.areas[id] || id;
        const name = ctx.measureText(full).width > Math.min(width + 130, room({ x, y, height })) ? short(id) : full;
        ctx.fillText(name, x + 12, top);
        signs.push([x + 12, top, x + 12 + ctx.measureText(name).width, top + size]);
      }
      ctx.restore();
    }

    // A ring around the chosen node, drawn under it.
    function ring(ctx) {
      const id = choice && choice.node;
      if (carried || !id || !visible.nodes.has(id)) return;
      const { x, y, options } = network.body.nodes[id];
      ctx.save();
      ctx.beginPath();
      ctx.arc(x, y, ringSize(options.size), 0, 2 * Math.PI);
      ctx.fillStyle = sg.ink().ring;
      ctx.strokeStyle = sg.ink().ink;
      ctx.lineWidth = 2;
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    }

    // Names beside the nodes, as on a map: the most connected first, in the place that covers least, never one upon another.
    function labels(ctx) {
      if (carried) return carried.draw(ctx);
      if (moving && written) return written.forEach((one) => { ctx.font = one.font; write(ctx, one.text, one.x, one.top, one.size, one.colour); });
      written = [];
      place(ctx);
    }
    function place(ctx) {
      const scale = network.getScale();
      const size = Math.max(12.5, Math.min(14 * scale, 16)) / scale;
      const near = network.DOMtoCanvas({ x: 0, y: 0 });
      const far = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
      const taken = [...signs];
      const glyphs = visible.nodes.size > 600 ? [] : [...visible.nodes].map((id) => {
        const { x, y, options } = network.body.nodes[id];
        const r = options.size * 0.8;
        return [x - r, y - r, x + r, y + r];
      });
      const lines = linePoints();
      const meets = (r) => (t) => r[0] < t[2] && r[2] > t[0] && r[1] < t[3] && r[3] > t[1];
      const within = (r) => ([x, y]) => x > r[0] && x < r[2] && y > r[1] && y < r[3];
      const few = choice && choice.nodes.size <= EDGE_LABELS;
      const must = (id) => Boolean(id === hovered || (choice && (id === choice.node || (few && choice.nodes.has(id)))));
      const rank = (id) => (id === hovered || (choice && id === choice.node) ? 2 : choice && choice.nodes.has(id) ? 1 : 0);
      const named = new Set(astray ? [] : (drawn.areas || []).map((area) => area.id)); // their area bears the name
      const ranked = order.filter((id) => visible.nodes.has(id) && !(named.has(id) && !must(id)) && (!state.faded(id) || id === hovered)).sort((a, b) => rank(b) - rank(a));
      const important = new Set(ranked.slice(0, Math.max(6, Math.round(ranked.length * 0.05))));
      ctx.save();
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineJoin = "round";
      let tried = 0;
      for (const id of ranked) {
        if ((written.length > LABELS || (tried += 1) > 4 * LABELS) && !must(id)) continue;
        const { x, y, options } = network.body.nodes[id];
        if (x < near.x || x > far.x || y < near.y || y > far.y) continue;
        const strong = rank(id) === 2 || (choice && choice.edge && must(id));
        const font = `${strong ? 600 : 400} ${size}px ${FONT}`;
        ctx.font = font;
        const text = wrap(words.nodes[id] || id, 17, strong ? 5 : scale > 0.6 ? 3 : 2);
        const w = Math.max(...text.map((line) => ctx.measureText(line).width)) / 2;
        const h = text.length * size * 1.14;
        const reach = choice && id === choice.node ? ringSize(options.size) + 3 / scale : options.size + 3 / scale;
        const places = [[x, y + reach], [x, y - reach - h], [x + reach + w, y - h / 2], [x - reach - w, y - h / 2]];
        let best = null;
        places.forEach(([cx, top], i) => {
          const r = [cx - w, top, cx + w, top + h];
          if (taken.some(meets(r)) && !must(id)) return;
          const outside = r[0] < near.x || r[2] > far.x || r[1] < near.y || r[3] > far.y;
          if (outside && !must(id)) return;
          const covered = glyphs.filter(meets(r)).length;
          if (covered && !must(id) && !important.has(id)) return;
          const cost = taken.filter(meets(r)).length * 40 + covered * 12 + (outside ? 30 : 0) + lines.filter(within(r)).length * 2 + [0, 2, 3, 3][i];
          if (!best || cost < best.cost) best = { cost, r, cx, top };
        });
        if (!best) continue;
        taken.push(best.r);
        put(ctx, text, best.cx, best.top, size, sg.ink().ink);
      }
      if (choice && choice.edges.size <= EDGE_LABELS) {
        const small = size * 0.88;
        ctx.font = `italic ${small}px ${FONT}`;
        const marked = [...choice.edges].filter((id) => visible.edges.has(id));
        for (const id of marked) {
          const text = words.edges[id] || "";
          const middle = point(id);
          const w = ctx.measureText(text).width;
          const r = [middle.x - w / 2, middle.y - small / 2, middle.x + w / 2, middle.y + small / 2];
          if (id !== choice.edge && (taken.some(meets(r)) || glyphs.some(meets(r)))) continue;
          taken.push(r);
          put(ctx, [text], middle.x, middle.y - small / 2, small, sg.ink().soft);
        }
      }
      ctx.restore();
    }

    // Points along the drawn lines, so that names can keep off them; left out in a dense picture, where it would cost and not help.
    function linePoints() {
      if (visible.edges.size > 160) return [];
      const points = [];
      for (const id of visible.edges) {
        if (choice && !choice.edges.has(id)) continue;
        const edge = network.body.edges[id];
        if (!edge.connected || edge.fromId === edge.toId) continue;
        for (let at = 0.08; at < 1; at += 0.07) {
          const { x, y } = edge.edgeType.getPoint(at);
          points.push([x, y]);
        }
      }
      return points;
    }

    function put(ctx, text, x, top, size, colour) {
      written.push({ text, x, top, size, colour, font: ctx.font });
      write(ctx, text, x, top, size, colour);
    }

    function write(ctx, lines, x, y, size, colour) {
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineJoin = "round";
      ctx.lineWidth = size * 0.3;
      ctx.strokeStyle = sg.ink().halo;
      ctx.fillStyle = colour;
      lines.forEach((line, i) => ctx.strokeText(line, x, y + i * size * 1.14));
      lines.forEach((line, i) => ctx.fillText(line, x, y + i * size * 1.14));
    }

    // The middle of an edge as drawn, bow and all.
    function point(id) {
      const edge = network.body.edges[id];
      if (edge.fromId !== edge.toId) return edge.edgeType.getPoint(0.5);
      const { x, y, options } = edge.from;
      return { x: x + options.size, y: y - options.size - 26 };
    }

    const nodeLook = (node) => ({ size: node.size * growth, color: colours(node), opacity: state.faded(node.id) ? 0.2 : 1, title: words.titles[node.id] });
    const PLAIN = { enabled: false };
    function edgeLook(id) {
      const { width, dashes, color } = look(id);
      const chosen = choice !== null && choice.edge === id;
      return {
        width: width * Math.min(growth, 1.2) + (chosen ? 1.2 : 0),
        dashes: dashes ? dashes.map((part) => part * growth) : false,
        color: { color: chosen ? sg.ink().ink : sg.tone(color), hover: sg.ink().ink, highlight: sg.tone(color), inherit: false, opacity: choice !== null && !choice.edges.has(id) ? 0.13 : 1 },
        background: chosen ? { enabled: true, color: sg.ink().mark, size: 9 * growth, dashes: false } : PLAIN,
      };
    }
    // What a thing looked like when it was painted last: paper, size, whether it stepped back, its look, whether it is chosen.
    const nodeSign = (node) => [sg.dark(), growth, state.faded(node.id)];
    const edgeSign = (id) => [sg.dark(), growth, choice === null || choice.edges.has(id), look(id), choice !== null && choice.edge === id];
    function differs(kind, id, sign) {
      const former = painted[kind].get(id);
      if (former && former.every((part, i) => part === sign[i])) return false;
      painted[kind].set(id, sign);
      return true;
    }

    // Only what has changed since it was painted last is told to vis, on its own things: through its data sets it would go over all of them.
    function paint() {
      complete();
      written = null;
      let switched = false;
      for (const node of drawn.nodes) {
        const body = network.body.nodes[node.id];
        const hidden = !visible.nodes.has(node.id);
        if (body.options.hidden !== hidden) { body.options.hidden = hidden; switched = true; }
        if (hidden) continue;
        if (differs("nodes", node.id, nodeSign(node))) body.setOptions(nodeLook(node));
        body.options.title = words.titles[node.id];
      }
      for (const { id } of drawn.edges) {
        const body = network.body.edges[id];
        const hidden = !visible.edges.has(id);
        if (body.options.hidden !== hidden) { body.options.hidden = hidden; switched = true; }
        if (hidden) continue;
        if (differs("edges", id, edgeSign(id))) Object.assign(body.options, edgeLook(id)); // read anew at every drawing
        body.title = words.titles[id];
      }
      if (switched) network._updateVisibleIndices();
      if (carried) refresh();
      else network.body.emitter.emit("_requestRedraw");
    }

    const growthAt = (scale) => Math.round(Math.min(Math.max(0.62 / scale, 1), 1.6) * 5) / 5;
    function grow() {
      const next = growthAt(network.getScale());
      if (next === growth) return;
      growth = next;
      paint();
    }
    let waiting = 0;
    function growSoon() {
      clearTimeout(waiting);
      waiting = setTimeout(grow, 140);
    }

    // An arrowhead at the rim of the node that a line ends in.
    function arrow(from, to, reach, color) {
      const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
      const [x, y] = [to.x - ux * reach, to.y - uy * reach];
      const corners = [[x, y], [x - ux * 9 - uy * 4, y - uy * 9 + ux * 4], [x - ux * 9 + uy * 4, y - uy * 9 - ux * 4]];
      return `<polygon points="${corners.map((corner) => corner.map((n) => n.toFixed(1)).join(",")).join(" ")}" fill="${color}"/>`;
    }

    // The camera for which these places are in view: {position, scale}, or null when there are none.
    function camera(places) {
      if (!places.length) return null;
      const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const width = Math.max(container.clientWidth - 2 * SIDE, 80);
      const height = Math.max(container.clientHeight - ABOVE - BELOW, 80);
      const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), 1.2);
      return { position: { x: (left + right) / 2, y: (top + bottom) / 2 - (ABOVE - BELOW) / 2 / scale }, scale };
    }
    function fit(ids, quick, now) {
      const at = camera(ids.filter((id) => visible.nodes.has(id)).map((id) => network.body.nodes[id]));
      if (at) view(at.position, at.scale, quick, now);
    }

    function view(position, scale, quick, now) {
      move();
      network.moveTo({ position, scale, animation: calm() || now ? false : { duration: quick ? 160 : 350, easingFunction: "easeInOutQuad" } });
      if (calm() || now) grow(); else setTimeout(grow, quick ? 200 : 400);
    }

    return {
      setData(drawing, newWords) {
        words = newWords;
        if (network) paint();
        else build(drawing);
      },
      setVisible(nodeIds, edgeIds) {
        if (network) complete();
        visible = { nodes: nodeIds, edges: edgeIds };
      },
      highlight(newChoice) {
        choice = newChoice;
        if (whole || choice) paint(); // the first picture is painted as it is built
      },
      focus(ids) {
        fitted = () => ids || [...visible.nodes];
        fit(fitted(), false, !whole);
      },
      inView(ids) {
        return ids.every((id) => {
          const body = network.body.nodes[id];
          const at = body && network.canvasToDOM({ x: body.x, y: body.y });
          return at && at.x > SIDE && at.y > ABOVE - 20 && at.x < container.clientWidth - SIDE && at.y < container.clientHeight - BELOW;
        }) && network.getScale() > 0.5;
      },
      onPick(callback) {
        picked = callback;
      },
      onOpen(callback) {
        opened = callback;
      },
      // Other places for some nodes, or none: back to their own.
      arrange(places) {
        if (!places && !astray) return;
        complete();
        astray = Boolean(places);
        const to = (node) => (places && places.get(node.id)) || node;
        nodes.update(drawn.nodes.filter((node) => { const { x, y } = network.body.nodes[node.id]; return x !== to(node).x || y !== to(node).y; })
          .map((node) => ({ id: node.id, hidden: !visible.nodes.has(node.id), ...nodeLook(node), x: to(node).x, y: to(node).y })));
      },
      setLooks(newLook) {
        look = newLook;
      },
      setAreas(names) {
        Object.assign(words.areas, names);
      },
      setNames(names, titles) {
        Object.assign(words.nodes, names);
        Object.assign(words.titles, titles);
      },
      zoom(factor) {
        view(network.getViewPosition(), Math.min(Math.max(network.getScale() * factor, 0.05), 5), true);
      },
      place(id) {
        const frame = container.getBoundingClientRect();
        const at = network.canvasToDOM(network.body.nodes[id] ? { x: network.body.nodes[id].x, y: network.body.nodes[id].y } : point(id));
        return { x: at.x + frame.left, y: at.y + frame.top };
      },
      shown() {
        return { nodes: [...network.body.nodeIndices], edges: [...network.body.edgeIndices] };
      },
      // What is seen, as a drawing that stays sharp at any size: shapes, lines, arrowheads, names.
      drawing(page) {
        if (sg.dark()) {
          const taken = sg.onPaper(() => { paint(); network.redraw(); return this.drawing(page); });
          paint();
          network.redraw();
          return taken;
        }
        const text = (value) => String(value).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
        const near = network.DOMtoCanvas({ x: 0, y: 0 });
        const far = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
        const at = (n) => n.toFixed(1);
        const parts = (astray ? [] : drawn.areas || []).map(({ id, x, y, width, height }) =>
          `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="22" fill="${sg.ink().area}"/><text x="${at(x + 16)}" y="${at(y + 40)}" font-size="34" font-weight="600" fill="${sg.ink().soft}">${text(words.areas[id] || id)}</text>`);
        for (const id of visible.edges) {
          const edge = network.body.edges[id];
          if (!edge || !edge.connected) continue;
          const { width, dashes, color } = look(id);
          const faded = choice !== null && !choice.edges.has(id) ? ' opacity="0.15"' : "";
          const points = edge.fromId === edge.toId ? [] : [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map((t) => edge.edgeType.getPoint(t));
          const line = points.length ? `M${points.map((p) => `${at(p.x)} ${at(p.y)}`).join("L")}` : `M${at(edge.from.x)} ${at(edge.from.y)}m0 -26a26 26 0 1 1 1 0`;
          const head = points.length && !base.get(id).line ? arrow(points[7], points[8], edge.to.options.size + 3, color) : "";
          parts.push(`<g${faded}><path d="${line}" fill="none" stroke="${color}" stroke-width="${width}"${dashes ? ` stroke-dasharray="${dashes.join(" ")}"` : ""}/>${head}<title>${text(words.titles[id] || "")}</title></g>`);
        }
        for (const id of visible.nodes) {
          const { x, y, options } = network.body.nodes[id];
          const { shape, color } = drawn.nodes.find((node) => node.id === id);
          const glyph = sg.glyph(shape, color).firstChild;
          glyph.setAttribute("stroke", "#ffffff");
          glyph.setAttribute("stroke-width", "0.8");
          parts.push(`<g transform="translate(${at(x)} ${at(y)}) scale(${(options.size / 7).toFixed(2)})"${state.faded(id) ? ' opacity="0.25"' : ""}>${new XMLSerializer().serializeToString(glyph)}<title>${text(words.titles[id] || id)}</title></g>`);
        }
        for (const one of written || []) one.text.forEach((row, i) => {
          const y = at(one.top + (i + 0.85) * one.size * 1.14);
          parts.push(`<text x="${at(one.x)}" y="${y}" font-size="${at(one.size)}" text-anchor="middle" fill="${one.colour}" stroke="#ffffff" stroke-width="${at(one.size * 0.3)}" paint-order="stroke" stroke-linejoin="round">${text(row)}</text>`);
        });
        const caption = `<title>${text(document.title)}</title><desc>${text(page.showing())}</desc>`;
        const box = `${at(near.x)} ${at(near.y)} ${at(far.x - near.x)} ${at(far.y - near.y)}`;
        return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${container.clientWidth}" height="${container.clientHeight}" font-family="system-ui, Arial, sans-serif" role="img">${caption}<rect x="${at(near.x)}" y="${at(near.y)}" width="${at(far.x - near.x)}" height="${at(far.y - near.y)}" fill="#ffffff"/>${parts.join("")}</svg>
`;
      },
      image() {
        const repaint = () => { paint(); network.redraw(); };
        const taken = sg.onPaper(() => {
          repaint();
          const canvas = container.querySelector("canvas");
          const copy = document.createElement("canvas");
          copy.width = canvas.width;
          copy.height = canvas.height;
          const ctx = copy.getContext("2d");
          ctx.fillStyle = sg.ink().paper;
          ctx.fillRect(0, 0, copy.width, copy.height);
          ctx.drawImage(canvas, 0, 0);
          return copy.toDataURL("image/png");
        });
        repaint();
        return taken;
      },
    };
  };
})((window.socialgraph = window.socialgraph || {}));
