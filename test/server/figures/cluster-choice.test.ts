import { expect, test } from "vitest";
import { clusterChoice } from "../../../server/export/kinds/cluster-choice.ts";
import { choiceOf, silhouetteWords } from "../../../server/figures/cluster-choice.ts";

const column = (name: string) => ({ name, type: "DOUBLE" });
const VALIDITY = ["k", "silhouette", "calinski_harabasz", "davies_bouldin", "stability"].map(column);
const CHOICE = ["k", "silhouette", "shuffled", "recommended", "structured", "reason"].map(column);

function choice(sampled: number) {
  const found = choiceOf(
    { columns: VALIDITY, rows: [[2, 0.84, 900, 0.3, 1]] },
    { columns: CHOICE, rows: [[2, sampled, 0.72, true, true, "2 clusters stand out."]] },
  );
  if (found === null) throw new Error("there is nothing to choose by");
  return found;
}

test("a sample's silhouette stands beside that of its shuffled columns where it is not everybody's", () => {
  const paper = clusterChoice(choice(0.79), { k: 2, label: "Numbers" }).text;
  expect(paper).toContain('<th scope="col" class="n">Silhouette</th><th scope="col" class="n">of a sample</th>');
  expect(paper).toContain('<td class="n">0.84</td><td class="n">0.79</td><td class="n">0.72</td>');
  expect(silhouetteWords(choice(0.79))).toContain("of more than 5,000 people it is the simplified one");
});

test("of the same people there is one silhouette, however its sum was rounded", () => {
  const paper = clusterChoice(choice(0.84 + 1e-14), { k: 2, label: "Numbers" }).text;
  expect(paper).not.toContain("of a sample");
  expect(paper).toContain('<td class="n">0.84</td><td class="n">0.72</td>');
  expect(silhouetteWords(choice(0.84))).not.toContain("simplified");
});
