import * as polywrite from "polywrite";
import * as file from "polywrite/file";
import { suite } from "./suite.cjs";

suite(polywrite, file);
