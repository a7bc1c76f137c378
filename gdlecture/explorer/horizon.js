// What a function does far out, and whether anything lower is seen.

const NEAR_PLACES = 51;
const EXPONENTS = [
  ...Array.from({ length: NEAR_PLACES - 1 }, (_, i) => -1 + 0.1 * i),
  ...Array.from({ length: 57 }, (_, i) => 4 + i),
];

// Along the ray from x: "no bound" if it falls below every one, "a bound" that it never attains,
// "rises" if it does somewhere; null where float64 does not tell.
const farAlong = (field, x, direction) => {
  const size = largest(direction);
  if (!(size > 0 && Number.isFinite(size))) return null;
  const way = direction.map((c) => (Math.abs(c) < 1e-2 * size ? 0 : c / size));
  const unit = Math.max(size, 1e-3 * largest(x));
  const heights = [valueAt(field, x)];
  const drifts = [];
  for (const exponent of EXPONENTS) {
    const length = unit * 10 ** exponent;
    const place = along(x, way, length);
    const [height, slope] = [valueAt(field, place), gradientAt(field, place)];
    if (!Number.isFinite(height) || !isFiniteVector(slope)) break;
    heights.push(height);
    drifts.push(-dot(slope, way) * length);
  }
  const noise = (i) => 1e-10 * (Math.abs(heights[i]) + Math.abs(heights[i + 1]));
  const drops = heights.slice(1).map((height, i) => heights[i] - height);
  if (drops.some((drop, i) => drop < -noise(i))) return "rises";
  if (heights.length < NEAR_PLACES + 14 || drifts.some((drift) => drift < 0)) return null;
  const [late, later] = [drops.at(-12), drops.at(-1)];
  const isClear = later > 1e-6 * Math.abs(heights.at(-1)) && late > 0;
  if (isClear && later >= 0.9 * late) return "no bound";
  const [drift, last] = [drifts.at(-12), drifts.at(-1)];
  return drops[0] > noise(0) && last <= 1e-3 * drift ? "a bound" : null;
};

// Whether nothing lower than a height is seen on a grid about a walk, and along lines far beyond.
const isLowestSeen = (field, point, value, points) => {
  const reach = 3 * (Math.max(...points.map((p) => far(p, point)), largest(point)) || 1);
  const side = field.dimension === 1 ? 2000 : 80;
  const shares = Array.from({ length: side + 1 }, (_, i) => (2 * i) / side - 1);
  const grid = field.dimension === 1
    ? shares.map((s) => [point[0] + s * reach])
    : shares.flatMap((s) => shares.map((t) => [point[0] + s * reach, point[1] + t * reach]));
  const ways = directions(field.dimension).filter((_, i) => i % 8 === 0 || field.dimension === 1);
  const lengths = Array.from({ length: 12 }, (_, i) => reach * 10 ** (0.5 + 0.5 * i));
  const beyond = ways.flatMap((u) => lengths.map((length) => along(point, u, length)));
  return [...grid, ...beyond].every((p) => !(valueAt(field, p) < value - 64 * spacing(value)));
};
