import { type Document, type ParsedNode, parseDocument } from "yaml";

/** The document of a YAML text; keys are text, and nothing is taken from YAML 1.1. */
export function parseYaml(text: string): Document.Parsed<ParsedNode> {
  return parseDocument(text, {
    version: "1.2",
    schema: "core",
    stringKeys: true,
    merge: false,
    resolveKnownTags: false,
    prettyErrors: false,
    // At "silent" a second document would go unnoticed; nothing is printed either way.
    logLevel: "error",
  });
}
