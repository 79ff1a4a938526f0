import { columnsOf } from "../run/studied.ts";
import { finding } from "./finding.ts";
import type { Check } from "./subject.ts";

const PERSONAL =
  /^(e_?mail(_address)?|phone(_number)?|mobile(_number)?|(first|last|full|given|family)_?name|surname|street(_address)?|home_address|postal_address|ip(_address)?|passport(_number)?|iban|card_number|date_of_birth|birth_?(day|date))$/i;

/** Data that names a person, carried on from the sources into results that are shown, exported and shared. */
export const personalData: Check = ({ plan }) =>
  plan.cells.flatMap((studied) => {
    const { kind, id } = studied.cell;
    if (kind !== "sql" && kind !== "features") return [];
    const names = (columnsOf(studied, "").columns ?? []).map(({ name }) => name).filter((name) => PERSONAL.test(name));
    if (names.length === 0) return [];
    const shown = names.map((name) => `\`${name}\``).join(", ");
    const message = `\`${id}\` carries ${shown} in plain sight, into everything that is shown, exported or sent of it.`;
    const hint = "Leave it in its source, and join it where a letter is sent; the key is enough for all else.";
    return [finding(studied, null, { code: "personal-data", message, hint })];
  });
