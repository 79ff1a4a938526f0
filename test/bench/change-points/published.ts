/**
 * What the Turing Change Point Benchmark published of methods with their default settings (default_f1_scores.json and
 * default_cover_scores.json of its repository, third version of the paper), to four digits. `zero` says: no change.
 */
export const METHODS = ["zero", "amoc", "binseg", "pelt", "bocpd", "ecp", "rfpop", "prophet"] as const;

export type Method = (typeof METHODS)[number];

type Scores = Readonly<Record<Method, number>>;

export const PUBLISHED: Readonly<Record<string, { readonly f1: Scores; readonly covering: Scores }>> = {
  nile: {
    f1: of(0.8235, 1, 1, 1, 1, 1, 1, 0.8235),
    covering: of(0.7581, 0.8801, 0.8801, 0.8801, 0.888, 0.8568, 0.8801, 0.7581),
  },
  quality_control_1: {
    f1: of(0.6667, 1, 1, 1, 0.8, 0.6667, 0.6667, 0.5),
    covering: of(0.5031, 0.9924, 0.9924, 0.9924, 0.8869, 0.6198, 0.655, 0.6932),
  },
  quality_control_2: {
    f1: of(0.75, 1, 1, 1, 1, 1, 1, 0.5455),
    covering: of(0.6383, 0.9223, 0.9223, 0.9223, 0.9272, 0.9265, 0.9223, 0.7231),
  },
  quality_control_3: {
    f1: of(0.6667, 1, 1, 1, 1, 1, 0.2857, 0.6667),
    covering: of(0.5003, 0.9956, 0.9956, 0.9956, 0.9967, 0.9967, 0.6585, 0.5003),
  },
  quality_control_4: {
    f1: of(0.7805, 0.8095, 0.8727, 0.7263, 0.6575, 0.3932, 0.2333, 0.335),
    covering: of(0.6727, 0.5629, 0.5176, 0.5378, 0.5114, 0.2572, 0.0588, 0.5079),
  },
  quality_control_5: {
    f1: of(1, 1, 1, 1, 1, 1, 1, 1),
    covering: of(1, 1, 1, 1, 1, 1, 1, 1),
  },
  seatbelts: {
    f1: of(0.6207, 0.4737, 0.6829, 0.6829, 0.5833, 0.3214, 0.4935, 0.4516),
    covering: of(0.5284, 0.6825, 0.7969, 0.7969, 0.7565, 0.6155, 0.4843, 0.6281),
  },
  well_log: {
    f1: of(0.237, 0.2792, 0.5342, 0.5546, 0.7965, 0.8183, 0.9226, 0.1488),
    covering: of(0.2246, 0.4528, 0.6954, 0.6786, 0.7763, 0.6012, 0.7872, 0.4113),
  },
};

function of(...scores: number[]): Scores {
  return Object.fromEntries(METHODS.map((method, i) => [method, scores[i]])) as Scores;
}
