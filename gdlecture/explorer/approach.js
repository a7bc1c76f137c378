// What a walk closes in on, by which factor a step, and about how many more steps it would take.

const REACH = 1e6;

const approachOf = (walk, on) =>
  (on.end === "rests" ? approachTo(walk, on) : null) ?? slowApproach(walk, on);

// Of a walk that came to rest when it was carried on; null if no spot is found there.
const approachTo = (walk, on) => {
  const end = on.points.at(-1);
  const length = lengthOf(walk, end);
  const ulp = spacing(largest(end));
  const spot = spotNear(walk.field, end, Math.max(1e-3 * length, 8 * ulp), length);
  if (spot === null) return null;
  const away = on.points.map((p) => far(p, spot.point));
  const floor = Math.max(1e-13 * length, 1e4 * ulp);
  if (away.at(-1) > Math.max(1e-6 * length, floor)) return null;
  return { spot, factor: factorOf(away.filter((d) => d > floor)), moreSteps: stepsSeen(walk, on, spot, away) };
};

// Of a rule that counts, remembers or searches the factor changes, and where its rate dies out it
// may never arrive: only what is seen to arrive is told. The spot is null where that is unclear.
const seenApproach = (walk, on) => {
  const last = arrivalIn(walk, on);
  if (last < 0) return null;
  // Where a start a hair off arrives otherwise, rounding decides.
  const beside = carriedOn(walk, walk.points.at(-1).map((c) => c * (1 + 1e-12)));
  if (Math.abs(arrivalIn(walk, beside) - last) > 2 + 0.02 * last) return { spot: null };
  const points = [...walk.points, ...on.points.slice(1, last + 1)];
  const { spot, isThere } = spotReached({ ...walk, points });
  if (!isThere) return isThere === null ? { spot: null } : null;
  const away = on.points.map((p) => far(p, spot.point));
  return { spot, factor: null, moreSteps: stepsSeen(walk, on, spot, away) };
};

// At which of the steps carried on the slope is below the tolerance, or the walk at rest; or -1.
const arrivalIn = ({ field, tolerance }, { points, end }) => {
  if (tolerance !== null) return points.findIndex((p) => isBelow(gradientAt(field, p), tolerance));
  return end === "rests" ? points.length - 1 : -1;
};

// Of a walk still on its way after all those steps: nearer in each quarter, to what attracts it.
const slowApproach = (walk, on) => {
  const { points } = on;
  const end = points.at(-1);
  if (points.length < 16) return null;
  const length = Math.max(lengthOf(walk, end), far(end, points[0]));
  const spot = spotNear(walk.field, end, REACH * length, length);
  if (spot === null) return null;
  const away = points.map((p) => far(p, spot.point));
  if (away.at(-1) > 4 * length && !isDownhill(walk.field, end, spot)) return null;
  const farthest = quarters(away).map((part) => Math.max(...part));
  if (!farthest.slice(1).every((d, i) => d - farthest[i] < -1e-9 * farthest[0])) return null;
  const isNear = farthest[3] <= 0.1 * length;
  if (spot.kind !== "minimum" && !isNear) return null;
  const mayBeLow = spot.kind === "minimum" || spot.kind === null;
  if (mayBeLow && !attracts(walk, spot, 1e-5 * length)) return null;
  const outlook = outlookOf(walk, on, spot, away);
  return { spot, factor: outlook.factor, moreSteps: stepsSeen(walk, on, spot, away) ?? outlook.moreSteps };
};

// Whether the rule, begun a little beside a point, comes nearer to it.
const attracts = (walk, spot, aside) => {
  const beside = spot.point.map((c, i) => c + aside * [0.27, -0.46][i]);
  if (!contains(walk.field, beside)) return true;
  const away = carriedOn({ ...walk, memory: undefined }, beside, 200).points.map((p) => far(p, spot.point));
  return Math.max(...away.slice(-20)) <= away[0] * (1 + 1e-9);
};

const isDownhill = (field, end, spot) => {
  if (spot.kind !== "minimum") return false;
  const heights = Array.from({ length: 101 }, (_, i) =>
    valueAt(field, end.map((c, j) => c + (i / 100) * (spot.point[j] - c))),
  );
  return heights.slice(1).every((height, i) => height <= heights[i]);
};

const factorOf = (away) => {
  const late = away.slice(Math.floor(away.length / 2));
  if (late.length < 3 || !(late[0] > 0 && late.at(-1) > 0)) return null;
  return (late.at(-1) / late[0]) ** (1 / (late.length - 1));
};

// After how many of the steps carried on it would have arrived, or null.
const stepsSeen = ({ field, tolerance, ...walk }, on, spot, away) => {
  const limit = limitOf(walk, spot);
  const there = tolerance === null
    ? away.findIndex((d) => d <= limit)
    : on.points.findIndex((p) => isBelow(gradientAt(field, p), tolerance));
  return there < 0 ? null : there;
};

// Beyond those steps: a distance d that shrinks by the share c·d^q of itself a step takes
// (1/r - 1/r₀)/q steps, r₀ and r being its shares now and then; for q = 0 log(d₀/d)/r.
const outlookOf = (walk, on, spot, away) => {
  const none = { factor: null, moreSteps: null };
  const envelope = [...away];
  for (let i = away.length - 2; i >= 0; i -= 1) envelope[i] = Math.max(envelope[i], envelope[i + 1]);
  const [half, window] = [Math.floor(away.length / 2), Math.max(2, Math.floor(away.length / 16))];
  const ends = [half, half + window, away.length - 1 - window, away.length - 1].map((i) => envelope[i]);
  if (!ends.every((d) => d > 0)) return none;
  const [early, late] = [0, 2].map((i) => -Math.log(ends[i + 1] / ends[i]) / window);
  if (!(early > 0 && late > 0)) return none;
  const middles = [0, 2].map((i) => Math.sqrt(ends[i] * ends[i + 1]));
  const power = Math.log(late / early) / Math.log(middles[1] / middles[0]);
  const q = power > 0.1 ? power : 0;
  const now = late * (ends[3] / middles[1]) ** q;
  const factor = q ? 1 : Math.exp(-late);
  const target = targetOf(walk, on, spot, away);
  if (!(target > 0 && target < ends[3])) return { factor, moreSteps: null };
  const ratio = ends[3] / target;
  const more = q ? (ratio ** q - 1) / (q * now) : Math.log(ratio) / now;
  return { factor, moreSteps: more < 1e15 ? Math.round(away.length - 1 + more) : null };
};

// The distance at which it would have arrived, from how the slope falls with it.
const targetOf = (walk, on, spot, away) => {
  if (walk.tolerance === null) return limitOf(walk, spot);
  const half = Math.floor(away.length / 2);
  const slopes = [on.points[half], on.points.at(-1)].map((p) => largest(gradientAt(walk.field, p)));
  const power = Math.log(slopes[1] / slopes[0]) / Math.log(away.at(-1) / away[half]);
  return power > 0 ? away.at(-1) * (walk.tolerance / slopes[1]) ** (1 / power) : NaN;
};
