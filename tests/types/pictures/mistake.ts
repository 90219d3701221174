import { Client } from "polywrite";
import { Cinema } from "./cinema";

const cinema = new Cinema(Client.fromEnv());
const { query } = cinema.movies;

await cinema.movies.listRows([query.equal("yeer", 1984)]);
