import { z } from "zod";
import { jsonParameter } from "./json-parameter.ts";

const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Values of inputs by id, as JSON in the query; none where it is absent. */
export const setParameter = jsonParameter(values, "the inputs' values as a JSON object were").default({});
