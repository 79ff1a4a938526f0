import { type Document, isAlias, type ParsedNode, visit } from "yaml";
import type { YamlFault } from "./reading.ts";

/** Parts of YAML that the format leaves out: tags, anchors, aliases and directives. */
export function refusedFaults(document: Document.Parsed<ParsedNode>, text: string): YamlFault[] {
  const faults: YamlFault[] = [];
  const directive = /^(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+)*%/.exec(text);
  if (directive) faults.push(refused("directive", text, directive[0].length - 1));
  visit(document, {
    Node: (_key, node) => {
      const start = node.range?.[0] ?? 0;
      if (isAlias(node)) faults.push(refused("alias", text, start));
      else if (node.anchor) faults.push(refused("anchor", text, before(text, `&${node.anchor}`, start)));
      if (node.tag) faults.push(refused("tag", text, before(text, "!", start)));
    },
  });
  return faults;
}

/** The fault of a part of YAML that begins at an offset and that a notebook can't hold. */
export function refused(what: "tag" | "anchor" | "alias" | "directive", text: string, offset: number): YamlFault {
  return {
    code: `yaml-${what}`,
    offset,
    message: `\`${/^\S*/.exec(text.slice(offset))?.[0] ?? ""}\` is a YAML ${what}, which a notebook can't hold.`,
    hint:
      what === "alias" || what === "anchor"
        ? "Write the value out where it is used."
        : "Leave it out; quote a text that begins like this.",
  };
}

function before(text: string, mark: string, offset: number): number {
  const found = text.lastIndexOf(mark, offset);
  // `!!str` is two marks: the first is where the tag begins.
  return found > 0 && mark === "!" && text[found - 1] === "!" ? found - 1 : Math.max(found, 0);
}
