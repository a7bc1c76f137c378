// The rules as gdmath has them, each its textbook's line: the same operations in the same order.
// From `here`, {field, x, g}, and what it remembers, undefined at the start, a rule gives the next
// point and what to remember. It is linear if on a parabola each step is the same linear map;
// steady from a memory on if no count of steps plays a part any more; it moves on if it gets as
// far as one likes where the slope does not end.

const plus = (u, v) => u.map((c, i) => c + v[i]);
const minus = (u, v) => u.map((c, i) => c - v[i]);
const times = (a, u) => u.map((c) => a * c);
const squares = (u) => u.map((c) => c * c);
const scaled = (u, size, epsilon) => u.map((c, i) => c / (Math.sqrt(size[i]) + epsilon));
const always = () => true;

const RULES = {
  gradient: ({ rate }) => ({
    isLinear: true,
    isSteady: always,
    advance: ({ x, g }) => [minus(x, times(rate, g))],
  }),

  momentum: ({ rate, beta }) => ({
    isLinear: true,
    isSteady: always,
    advance({ x, g }, old = times(0, g)) {
      const velocity = plus(times(beta, old), g);
      return [minus(x, times(rate, velocity)), velocity];
    },
  }),

  nesterov: ({ rate, beta }) => ({
    isLinear: true,
    isSteady: always,
    advance({ x, g }, old = times(0, g)) {
      const velocity = plus(times(beta, old), g);
      return [minus(x, times(rate, plus(g, times(beta, velocity)))), velocity];
    },
  }),

  adagrad: ({ rate, epsilon }) => ({
    advance({ x, g }, old = times(0, g)) {
      const sum = plus(old, squares(g));
      return [minus(x, times(rate, scaled(g, sum, epsilon))), sum];
    },
  }),

  rmsprop: ({ rate, decay, epsilon }) => ({
    isSteady: always,
    advance({ x, g }, old = times(0, g)) {
      const mean = plus(times(decay, old), times(1 - decay, squares(g)));
      return [minus(x, times(rate, scaled(g, mean, epsilon))), mean];
    },
  }),

  adam: ({ rate, beta1, beta2, epsilon }) => ({
    isSteady: ([k] = [0]) => [beta1, beta2].every((beta) => 1 - beta ** k === 1),
    advance({ x, g }, [taken, m, v] = [0, times(0, g), times(0, g)]) {
      const k = taken + 1;
      const slopes = plus(times(beta1, m), times(1 - beta1, g));
      const sizes = plus(times(beta2, v), times(1 - beta2, squares(g)));
      const [mean, size] = [[slopes, beta1], [sizes, beta2]].map(([u, beta]) =>
        u.map((c) => c / (1 - beta ** k)),
      );
      return [minus(x, times(rate, scaled(mean, size, epsilon))), [k, slopes, sizes]];
    },
  }),

  step: ({ rate, every, factor }) => scheduled((k) => rate * factor ** Math.floor(k / every)),

  exponential: ({ rate, factor }) => scheduled((k) => rate * factor ** k),

  cosine: ({ rate, least, steps }) => ({
    ...scheduled((k) =>
      k >= steps ? least : least + ((rate - least) * (1 + Math.cos(Math.PI * (k / steps)))) / 2,
    ),
    isSteady: (k = 0) => k >= steps,
    movesOn: least > 0,
  }),

  "1/k": ({ rate, decay }) => ({ ...scheduled((k) => rate / (1 + decay * k)), movesOn: true }),

  backtracking: ({ rate, shrink, decrease }) => ({
    isSteady: always,
    advance(here) {
      const { x, g } = here;
      return [minus(x, times(backtracked(here, g, rate, shrink, decrease), g))];
    },
  }),

  barzilai_borwein: ({ rate, length }) => ({
    isSteady: always,
    advance({ x, g }, before) {
      let fitting = rate;
      if (before) {
        const [s, y] = [minus(x, before[0]), minus(g, before[1])];
        const other = length === "long" ? s : y;
        if (dot(s, y) > 0) fitting = dot(s, other) / dot(other, y);
      }
      return [minus(x, times(fitting, g)), [x, g]];
    },
  }),

  newton: () => ({
    isSteady: always,
    advance: ({ field, x, g }) => [minus(x, solve(hessianAt(field, x), g))],
  }),

  damped_newton: ({ shrink, decrease }) => ({
    isSteady: always,
    advance(here) {
      const { field, x, g } = here;
      const straight = solve(hessianAt(field, x), g);
      const way = dot(g, straight) > 0 ? straight : g;
      return [minus(x, times(backtracked(here, way, 1, shrink, decrease), way))];
    },
  }),
};

// The gradient's step with the rate of a plan, which dies out unless it says otherwise.
const scheduled = (rateAt) => ({
  isSteady: (k = 0) => rateAt(k) === 0,
  movesOn: false,
  advance: ({ x, g }, k = 0) => [minus(x, times(rateAt(k), g)), k + 1],
});

// A length so many times shorter than the first moves no point of float64 that is not at 0.
const SHORTEST = 1e-20;

// The first of the lengths t, t·shrink, t·shrink², … that lowers f enough; 0 if none does.
const backtracked = ({ field, x, g }, way, first, shrink, decrease) => {
  const slope = dot(g, way);
  const height = valueAt(field, x);
  let t = first;
  for (let i = Math.ceil(Math.log(SHORTEST) / Math.log(shrink)); i > 0; i -= 1) {
    if (valueAt(field, minus(x, times(t, way))) <= height - decrease * t * slope) return t;
    t *= shrink;
  }
  return 0;
};

// A linear system of one or two unknowns, its matrix row by row, by elimination; NaN if singular.
const solve = (matrix, vector) => {
  if (vector.length === 1) return [vector[0] / (matrix[0] || NaN)];
  const rows = [[...matrix.slice(0, 2), vector[0]], [...matrix.slice(2), vector[1]]];
  if (Math.abs(rows[1][0]) > Math.abs(rows[0][0])) rows.reverse();
  const [[a, b, p], [c, d, q]] = rows;
  const share = c / (a || NaN);
  const y = (q - share * p) / (d - share * b || NaN);
  return [(p - b * y) / a, y];
};

// The rule of a method, {name, rate, settings}, for a walk of so many steps.
const stepOf = ({ name, rate, settings }, steps) => {
  const { rule, schedule, settings: usual } = METHODS[name];
  const made = RULES[schedule || rule]({ rate, steps, ...usual, ...settings });
  return { isLinear: false, isSteady: () => false, movesOn: true, ...made };
};
