import type { SourceBody } from "../cells/source/schema.ts";
import { bodyOf } from "./body-of.ts";
import { columnPlace } from "./column-place.ts";
import { finding } from "./finding.ts";
import { isSpokenOf } from "./spoken-of.ts";
import type { Check } from "./subject.ts";

/** Sources of which nothing is expected, and events whose key may be missing. */
export const sourceExpectations: Check = ({ plan }) =>
  plan.cells.flatMap((studied) => {
    const body = studied.cell.kind === "source" ? bodyOf<SourceBody>(studied) : null;
    if (body === null) return [];
    const { entity } = plan.notebook.head;
    const expects = Object.values(body.columns).some(
      ({ required, unique, min, max, matches, one_of: oneOf }) =>
        required || unique || (min ?? max ?? matches ?? oneOf) !== null,
    );
    if (!expects) {
      const message = `Nothing is expected of \`${studied.cell.id}\`, so that bad rows go through unseen.`;
      const hint =
        "Say under `columns` what must hold, such as `required: true`, `unique: true`, `min: 0` or `one_of: [...]`.";
      return [finding(studied, null, { code: "source-unchecked", message, hint })];
    }
    const isEvents = body.event !== null || body.events !== null;
    const key = Object.entries(body.columns).find(([name]) => name.toLowerCase() === entity.toLowerCase());
    // A condition on the key may keep such rows away by itself.
    const isLeftOut = body.where !== null && isSpokenOf(key?.[0] ?? entity, body.where);
    if (!isEvents || key?.[1].required === true || isLeftOut) return [];
    const message = `\`${entity}\` is not \`required\`: events without it count for nobody, and nothing says so.`;
    const hint = `Write \`${entity}: {required: true}\` under \`columns\`, with \`on_error: set_aside\` where such rows are to be expected.`;
    return [finding(studied, columnPlace(studied, key?.[0] ?? entity), { code: "key-not-required", message, hint })];
  });
