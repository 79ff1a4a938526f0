import type { Rule } from "../language/tree.ts";
import type { Vocabulary } from "../language/vocabulary.ts";
import type { WriteFormat } from "./formats.ts";
import { writeHubSpot } from "./hubspot/write.ts";
import { withInputs } from "./inputs.ts";
import type { Json } from "./json.ts";
import { writeJsonLogic } from "./jsonlogic/write.ts";
import { writeKlaviyo } from "./klaviyo/write.ts";
import type { Platform } from "./platform.ts";
import { type Remark, Remarks } from "./remark.ts";
import { writeTree } from "./tree/write.ts";

export interface WriteContext {
  /** The segment's name. */
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** IANA name of the notebook's zone. */
  readonly zone: string;
  /** Our names → theirs. */
  readonly map: ReadonlyMap<string, string>;
}

export interface WrittenRule {
  /** JSON, indented; null where something of the rule can't be said: half a rule would be another segment. */
  readonly text: string | null;
  readonly remarks: readonly Remark[];
}

/** A rule as another tool reads it, with all that the tool can't say, or says otherwise. */
export function writeRule(format: WriteFormat, rule: Rule, context: WriteContext): WrittenRule {
  const remarks = new Remarks();
  const document = format === "tree" ? writeTree(rule) : filled(format, rule, { ...context, remarks });
  const text = document === null || remarks.hasErrors ? null : `${JSON.stringify(document, null, 2)}\n`;
  return { text, remarks: remarks.list };
}

type Writing = WriteContext & { readonly remarks: Remarks };

function filled(format: Exclude<WriteFormat, "tree">, rule: Rule, context: Writing): Json | null {
  const { vocabulary, remarks, map, name, zone } = context;
  const whole = withInputs(rule, vocabulary.inputs, remarks);
  if (whole === null) return null;
  if (format === "jsonlogic")
    return writeJsonLogic(whole, { vocabulary, remarks, named: (attribute) => map.get(attribute) ?? attribute });
  const platform: Platform = { name: format === "klaviyo" ? "Klaviyo" : "HubSpot", vocabulary, zone, remarks, map };
  if (format === "klaviyo") {
    const definition = writeKlaviyo(whole, platform);
    return definition && { data: { type: "segment", attributes: { name, definition } } };
  }
  const filterBranch = writeHubSpot(whole, platform);
  return filterBranch && { name, objectTypeId: "0-1", processingType: "DYNAMIC", filterBranch };
}
