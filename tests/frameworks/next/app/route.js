import { greeting } from "../greeting.mjs";

export const dynamic = "force-dynamic";

export async function GET() {
    return new Response(await greeting());
}
