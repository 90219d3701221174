import { greeting } from "../../greeting.mjs";

export default defineEventHandler(() => greeting());
