"""Greets who is named, by a module beside it."""

from greeting import greet


async def main(context):
    print("printed")
    context.log("asked for", context.req.query)
    if context.req.path == "/fail":
        raise ValueError("on purpose")
    name = context.req.body["name"]
    return context.res.json({"text": greet(name), "trigger": context.req.headers["x-appwrite-trigger"]}, 200)
