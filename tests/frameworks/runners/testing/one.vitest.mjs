import * as sdk from "node-appwrite";
import * as testing from "polywrite/testing";
import { suite } from "./suite.cjs";

suite(sdk, testing);
