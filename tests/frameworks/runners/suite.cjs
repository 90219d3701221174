// What a test of a program expects of the package, in any realm that the test runner uses.

exports.suite = (
    { Client, ConfigurationException, ArgumentException, NotFoundException, Users, Storage },
    { InputFile },
) => {
    const client = () => Client.fromEnv();
    const storage = () => new Storage(client());

    test("an error that is thrown at once is of its kind", () => {
        for (const call of [
            () => client().setEndpoint("nowhere"),
            () => client().withSession("s").setKey("k"),
            () => new Client({ endpoint: "nowhere" }),
        ]) {
            let error;
            try {
                call();
            } catch (caught) {
                error = caught;
            }
            expect(error).toBeInstanceOf(ConfigurationException);
            expect(error).toBeInstanceOf(Error);
            expect(error.message).not.toMatch(/[{}]/);
        }
    });

    test("an error of a call is of its kind", async () => {
        await expect(new Users(client()).get({ userId: "" })).rejects.toBeInstanceOf(ArgumentException);
        await expect(new Users(client()).get({ userId: "missing" })).rejects.toBeInstanceOf(NotFoundException);
    });

    test("a signal cancels a call", async () => {
        const signal = AbortSignal.abort(new Error("enough"));
        await expect(new Users(client()).get({ userId: "ada" }, { signal })).rejects.toThrow("enough");
    });

    test("bytes, files and texts are uploaded", async () => {
        for (const file of [
            InputFile.fromPlainText("hello", "f"),
            InputFile.fromBuffer(Buffer.from("hello"), "f"),
            new File(["hello"], "f"),
            new TextEncoder().encode("hello").buffer,
        ]) {
            const { name } = await storage().createFile({ bucketId: "b", fileId: "f", file });
            expect(name).toBe("hello");
        }
    });

    test("a download is an ArrayBuffer, or a stream", async () => {
        const whole = await storage().getFileDownload({ bucketId: "b", fileId: "f" });
        expect(Buffer.from(whole).toString()).toBe("hello");
        expect(whole).toBeInstanceOf(ArrayBuffer);
        const parts = [];
        for await (const part of await storage().getFileDownload({ bucketId: "b", fileId: "f" }, { as: "stream" })) {
            parts.push(part);
        }
        expect(Buffer.concat(parts).toString()).toBe("hello");
    });
};
