// The one file that knows vis-network. The page sees only what createRenderer gives:
//   setData(drawing, words)   nodes and edges with coordinates; words: {nodes, edges: id → label, titles: id → hover text}
//   setVisible(nodes, edges)  two Sets of ids
//   highlight(choice)         {node?, edge?, nodes: Set, edges: Set} or null: the rest steps back
//   focus(ids)                bring these nodes into view; nothing given: all that is visible; inView(ids) tells if they already are
//   onPick(callback)          callback({node}) or ({edge}) or (null) when the reader clicks
// and, for buttons and tests: zoom(factor), place(id) → {x, y} in the page, image() → data address, shown() → what is drawn.
"use strict";
(function (sg) {
  const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
  const INK = "#1b2430";
  const AMBER = "#f5b301";
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
          ctx.strokeStyle = "#ffffff";
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
    let words = { nodes: {}, edges: {}, titles: {} };
    let drawn = { nodes: [], edges: [] };
    let order = [];
    let visible = { nodes: new Set(), edges: new Set() };
    let choice = null;
    let hovered = null;
    let picked = () => {};
    let growth = 1; // glyphs and lines are drawn larger when the whole is seen from afar
    const state = { faded: (id) => choice !== null && !choice.nodes.has(id) };

    const asNode = (node) => {
      const own = node.shape === "box" || node.shape === "ellipse";
      return {
        id: node.id, x: node.x, y: node.y, size: node.size, title: words.titles[node.id],
        shape: own ? "custom" : node.shape,
        ...(own ? { ctxRenderer: ownShape(node.shape) } : {}),
        borderWidth: 2,
        color: own ? node.color : { background: node.color, border: "#ffffff", hover: { background: node.color, border: "#ffffff" } },
        chosen: false,
      };
    };
    const asEdge = (edge) => ({
      id: edge.id, from: edge.from, to: edge.to, title: words.titles[edge.id], arrows: edge.arrows, smooth: edge.smooth,
      width: edge.width, dashes: edge.dashes, color: { color: edge.color, hover: INK, inherit: false }, hoverWidth: 0.8,
      selfReference: { size: 26 }, background: { enabled: false }, arrowStrikethrough: false,
    });

    function build(drawing) {
      drawn = drawing;
      const degree = new Map(drawing.nodes.map((node) => [node.id, node.size]));
      order = drawing.nodes.map((node) => node.id).sort((a, b) => degree.get(b) - degree.get(a) || (a < b ? -1 : 1));
      nodes = new vis.DataSet(drawing.nodes.map(asNode));
      edges = new vis.DataSet(drawing.edges.map(asEdge));
      visible = { nodes: new Set(order), edges: new Set(drawing.edges.map((edge) => edge.id)) };
      network = new vis.Network(container, { nodes, edges }, drawing.options);
      for (const part of container.querySelectorAll("[tabindex]")) part.tabIndex = -1;
      network.on("click", (event) => {
        const node = network.getNodeAt(event.pointer.DOM);
        const edge = node === undefined ? network.getEdgeAt(event.pointer.DOM) : undefined;
        picked(node !== undefined ? { node } : edge !== undefined ? { edge } : null);
      });
      network.on("hoverNode", (event) => { hovered = event.node; container.style.cursor = "pointer"; network.redraw(); });
      network.on("hoverEdge", () => { container.style.cursor = "pointer"; });
      network.on("blurNode", () => { hovered = null; container.style.cursor = ""; network.redraw(); });
      network.on("blurEdge", () => { container.style.cursor = ""; });
      network.on("zoom", growSoon);
      network.on("beforeDrawing", ring);
      network.on("afterDrawing", labels);
    }

    const ringSize = (size) => size * 1.25 + 8;

    // A ring around the chosen node, drawn under it.
    function ring(ctx) {
      const id = choice && choice.node;
      if (!id || !visible.nodes.has(id)) return;
      const { x, y, options } = network.body.nodes[id];
      ctx.save();
      ctx.beginPath();
      ctx.arc(x, y, ringSize(options.size), 0, 2 * Math.PI);
      ctx.fillStyle = "#fde9ae";
      ctx.strokeStyle = INK;
      ctx.lineWidth = 2;
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    }

    // Names beside the nodes, as on a map: the most connected first, in the place that covers least, never one upon another.
    function labels(ctx) {
      const scale = network.getScale();
      const size = Math.max(12.5, Math.min(14 * scale, 16)) / scale;
      const near = network.DOMtoCanvas({ x: 0, y: 0 });
      const far = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
      const taken = [];
      const glyphs = [...visible.nodes].map((id) => {
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
      const ranked = order.filter((id) => visible.nodes.has(id) && (!state.faded(id) || id === hovered)).sort((a, b) => rank(b) - rank(a));
      const important = new Set(ranked.slice(0, Math.max(6, Math.round(ranked.length * 0.05))));
      ctx.save();
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineJoin = "round";
      for (const id of ranked) {
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
        write(ctx, text, best.cx, best.top, size, INK);
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
          write(ctx, [text], middle.x, middle.y - small / 2, small, "#33404f");
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

    function write(ctx, lines, x, y, size, colour) {
      ctx.lineWidth = size * 0.3;
      ctx.strokeStyle = "rgba(255,255,255,0.94)";
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

    function paint() {
      nodes.update(drawn.nodes.map((node) => ({ id: node.id, size: node.size * growth, opacity: state.faded(node.id) ? 0.2 : 1, hidden: !visible.nodes.has(node.id) })));
      edges.update(drawn.edges.map((edge) => {
        const chosen = choice !== null && choice.edge === edge.id;
        const faded = choice !== null && !choice.edges.has(edge.id);
        return {
          id: edge.id,
          hidden: !visible.edges.has(edge.id),
          width: edge.width * Math.min(growth, 1.2) + (chosen ? 1.2 : 0),
          dashes: edge.dashes ? edge.dashes.map((part) => part * growth) : false,
          color: { color: chosen ? INK : edge.color, hover: INK, inherit: false, opacity: faded ? 0.13 : 1 },
          background: { enabled: chosen, color: AMBER, size: 9 * growth, dashes: false },
        };
      }));
    }

    function grow() {
      const next = Math.round(Math.min(Math.max(0.62 / network.getScale(), 1), 1.6) * 5) / 5;
      if (next === growth) return;
      growth = next;
      paint();
    }
    let waiting = 0;
    function growSoon() {
      clearTimeout(waiting);
      waiting = setTimeout(grow, 140);
    }

    function view(position, scale, quick) {
      network.moveTo({ position, scale, animation: calm() ? false : { duration: quick ? 160 : 350, easingFunction: "easeInOutQuad" } });
      if (calm()) grow(); else setTimeout(grow, quick ? 200 : 400);
    }

    return {
      setData(drawing, newWords) {
        words = newWords;
        if (network) {
          nodes.update(drawing.nodes.map((node) => ({ id: node.id, title: words.titles[node.id] })));
          edges.update(drawing.edges.map((edge) => ({ id: edge.id, title: words.titles[edge.id] })));
          network.redraw();
        } else build(drawing);
      },
      setVisible(nodeIds, edgeIds) {
        visible = { nodes: nodeIds, edges: edgeIds };
        paint();
      },
      highlight(newChoice) {
        choice = newChoice;
        paint();
      },
      focus(ids) {
        const wanted = (ids || [...visible.nodes]).filter((id) => visible.nodes.has(id));
        if (!wanted.length) return;
        const xs = wanted.map((id) => network.body.nodes[id].x);
        const ys = wanted.map((id) => network.body.nodes[id].y);
        const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
        const width = Math.max(container.clientWidth - 2 * SIDE, 80);
        const height = Math.max(container.clientHeight - ABOVE - BELOW, 80);
        const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), 1.2);
        view({ x: (left + right) / 2, y: (top + bottom) / 2 - (ABOVE - BELOW) / 2 / scale }, scale);
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
      image() {
        const canvas = container.querySelector("canvas");
        const copy = document.createElement("canvas");
        copy.width = canvas.width;
        copy.height = canvas.height;
        const ctx = copy.getContext("2d");
        ctx.fillStyle = "#ffffff";
        ctx.fillRect(0, 0, copy.width, copy.height);
        ctx.drawImage(canvas, 0, 0);
        return copy.toDataURL("image/png");
      },
    };
  };
})((window.socialgraph = window.socialgraph || {}));
