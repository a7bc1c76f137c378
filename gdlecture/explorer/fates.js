// What became of a walk, in the words of FATES, the table that clips and reports say it by.

const fateOf = (walk) => {
  const { words, sign, tone } = fateIn(walk);
  return { words: filledIn(words, walk), sign, tone };
};

const shortFateOf = (walk) => {
  const { trend } = walk.ending;
  return trend === "leaving" ? FATES.trends.leaving : filledIn(fateIn(walk).short, walk);
};

const fateIn = ({ verdict, stoppedAt }) =>
  verdict === "CONVERGED" && stoppedAt === 0 ? FATES.at_once : FATES.fates[verdict];

const filledIn = (words, { ending: { kind, period, trend }, stoppedAt }) => {
  const { kinds, trends, bounded, cycle } = FATES;
  const told = {
    k: stoppedAt,
    kind: kinds[kind ?? ""] ?? "",
    orbit: period === null ? bounded : cycle.replace("{period}", period),
    trend: trends[trend ?? "undecided"],
  };
  return words.replace(/\{(\w+)\}/g, (_, name) => told[name]);
};
