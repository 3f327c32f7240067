// Ways between entities over the relations that are seen: the shortest one, and who binds two at the same time.
"use strict";
(function (sg) {
  // The edges of a shortest way between two nodes over visible edges, in order; null if there is none.
  sg.shortestPath = function (page, from, to) {
    const shown = page.visible().edges;
    const ties = new Map();
    for (const edge of page.picture.edges) {
      if (!shown.has(edge.id)) continue;
      for (const [a, b] of [[edge.source, edge.target], [edge.target, edge.source]]) {
        if (!ties.has(a)) ties.set(a, []);
        ties.get(a).push([b, edge]);
      }
    }
    const came = new Map([[from, null]]);
    let rim = [from];
    while (rim.length && !came.has(to)) {
      const next = [];
      for (const at of rim) for (const [there, edge] of ties.get(at) || []) if (!came.has(there)) { came.set(there, [at, edge]); next.push(there); }
      rim = next;
    }
    if (!came.has(to)) return null;
    const way = [];
    for (let at = to; came.get(at); at = came.get(at)[0]) way.unshift(came.get(at)[1]);
    return way;
  };

  // Places in rings around a node: neighbours in the first, theirs in the second; branches beside each other, kinds together.
  sg.rings = function (page, center) {
    const { edges } = page.visible();
    const ties = new Map();
    for (const edge of page.picture.edges) {
      if (!edges.has(edge.id)) continue;
      for (const [a, b] of [[edge.source, edge.target], [edge.target, edge.source]]) ties.set(a, (ties.get(a) || new Set()).add(b));
    }
    const label = (id) => `${page.nodes.get(id).kind} ${page.words.of(page.nodes.get(id).given)}`;
    const below = new Map([[center, []]]);
    const rings = [[center]];
    while (rings[rings.length - 1].length) {
      const next = [];
      for (const at of rings[rings.length - 1]) for (const id of [...(ties.get(at) || [])].sort((a, b) => (label(a) < label(b) ? -1 : 1))) {
        if (below.has(id)) continue;
        below.set(id, []);
        below.get(at).push(id);
        next.push(id);
      }
      rings.push(next);
    }
    const leaves = new Map();
    for (const ring of [...rings].reverse()) for (const id of ring) leaves.set(id, Math.max(1, below.get(id).reduce((sum, child) => sum + leaves.get(child), 0)));
    const radius = rings.map((ring, k) => (k ? Math.max(200 * k, (ring.length * 74) / (2 * Math.PI)) : 0));
    for (let k = 2; k < radius.length; k += 1) radius[k] = Math.max(radius[k], radius[k - 1] + 130);
    const places = new Map([[center, { x: 0, y: 0 }]]);
    const spread = (id, from, to, k) => {
      let at = from;
      for (const child of below.get(id)) {
        const width = (to - from) * (0.5 / below.get(id).length + (0.5 * leaves.get(child)) / leaves.get(id));
        const angle = at + width / 2;
        places.set(child, { x: Math.cos(angle) * radius[k] * 1.3, y: Math.sin(angle) * radius[k] });
        spread(child, at, at + width, k + 1);
        at += width;
      }
    };
    spread(center, -Math.PI / 2, 1.5 * Math.PI, 1);
    return places;
  };

  // Entities that on this day are related to both, as an end or as one whom a relation names: what binds them at the same time.
  sg.binders = function (page, one, other) {
    const shown = page.visible().edges;
    const near = (id) => {
      const found = new Map();
      for (const edge of page.picture.edges) {
        const all = [edge.source, edge.target, ...edge.mentions];
        if (!shown.has(edge.id) || edge.state === null || edge.state === "ended" || !all.includes(id)) continue;
        for (const end of all) if (end !== id && !found.has(end)) found.set(end, edge);
      }
      return found;
    };
    const [a, b] = [near(one), near(other)];
    return [...a.keys()].filter((id) => b.has(id) && id !== one && id !== other && page.nodes.has(id)).map((id) => ({ id, edges: [a.get(id), b.get(id)] }));
  };
})((window.socialgraph = window.socialgraph || {}));
