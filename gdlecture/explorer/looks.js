// How lines and marks on the surface look: as on the map, whose names they have. Of a line, its width,
// dashes and colour, and whether it has a dark rim, a casing; of a mark, its shape, its size across,
// how far it stands over its place, and its rim's width, all in pixels. Colours are of a theme, and of
// the method at place i.

const LINE_LOOKS = {
  valleys: { width: 4, colour: ({ minimum }) => minimum },
  ghost: { width: 2, dash: [3, 4], colour: ({ ink }) => ink },
  other: { width: 2.2, isCased: true, colour: ({ methods }, i) => methods[i][0] },
  past_steps: { width: 2.2, isCased: true, colour: ({ methods }, i) => methods[i][1] },
  next: { width: 2.5, dash: [6, 5], isCased: true, colour: ({ tangent }) => tangent },
  step: { width: 2.8, isCased: true, colour: ({ methods }, i) => methods[i][0] },
};
const CASING = 5.5;

const groundOf = ({ ground }) => ground;

const MARK_LOOKS = {
  ghosts: { size: 8, rim: 1.5, fill: groundOf, line: ({ ink }) => ink },
  past: { size: 9, rim: 2, fill: ({ onHeat }) => onHeat, line: ({ methods }, i) => methods[i][1] },
  minima: { shape: "down", size: 11, rise: 14, rim: 1, fill: ({ minimum }) => minimum, line: groundOf },
  other_now: { shape: "own", size: 13, rim: 2, fill: ({ methods }, i) => methods[i][0], line: groundOf },
  now: { shape: "own", size: 15, rim: 3, fill: ({ methods }, i) => methods[i][0], line: groundOf },
  lost: { shape: "cross", size: 14, rim: 3, fill: () => "transparent", line: ({ danger }) => danger },
  edge: { shape: "up", size: 15, rim: 1, fill: ({ danger }) => danger, line: groundOf },
};

// Paths about the origin of marks that reach so far, as Bokeh has them.
const SHAPED = {
  circle: (context, r) => context.arc(0, 0, r, 0, 2 * Math.PI),
  square: (context, r) => context.rect(-r, -r, 2 * r, 2 * r),
  diamond: (context, r) => polygon(context, [[0, -r], [0.67 * r, 0], [0, r], [-0.67 * r, 0]]),
  up: (context, r) => polygon(context, [[0, -r], [0.87 * r, 0.5 * r], [-0.87 * r, 0.5 * r]]),
  down: (context, r) => polygon(context, [[0, r], [0.87 * r, -0.5 * r], [-0.87 * r, -0.5 * r]]),
  cross: (context, r) => {
    for (const side of [-1, 1]) {
      context.moveTo(-r, -side * r);
      context.lineTo(r, side * r);
    }
  },
};

const polygon = (context, corners) => {
  corners.forEach((corner, k) => (k ? context.lineTo(...corner) : context.moveTo(...corner)));
  context.closePath();
};
