// Names of the register offered while one types; without it the field takes any spelling as well.

import { el } from "./elements.js";
import { get } from "./stream.js";

const register = (await get("/api/v1/agencies")) ?? [];
const spoken = (name) => name.replace(/^Pemerintah (?=Kab|Kota|Prov)/, "");
document.getElementById("agencies")?.append(...register.map((agency) => el("option", { value: spoken(agency.name) })));
