/** The items of a page. */
type ItemOf<Page, Field extends keyof Page> = Page[Field] extends readonly (infer Item)[] ? Item : never;

/** A page, and the place in the list behind it; `null` at its end. */
export interface Turn<Page> {
    page: Page;
    place: unknown;
}

/**
 * A list of any length, item by item: `for await (const row of tables.iterateRows({ … }))`.
 *
 * Nothing is sent before the first item is asked for, and each page is requested when its first item is. Leaving the loop
 * stops the calls. Each loop reads the list from its beginning.
 */
export class List<Page, Field extends keyof Page> implements AsyncIterable<ItemOf<Page, Field>> {
    readonly #turn: (place: unknown) => Promise<Turn<Page> | undefined>;
    readonly #field: Field;

    /** @internal */
    constructor(turn: (place: unknown) => Promise<Turn<Page> | undefined>, field: Field) {
        this.#turn = turn;
        this.#field = field;
    }

    /** The whole responses, one after the other. */
    async *pages(): AsyncGenerator<Page, void, undefined> {
        let place: unknown;
        do {
            const turn = await this.#turn(place);
            if (turn === undefined) return;
            place = turn.place;
            yield turn.page;
        } while (place !== null);
    }

    [Symbol.asyncIterator](): AsyncIterator<ItemOf<Page, Field>, void, undefined> {
        type Result = IteratorResult<ItemOf<Page, Field>, void>;
        const pages = this.pages();
        let items: ItemOf<Page, Field>[] = [];
        let index = 0;
        // Who asks for several items at once gets them in order.
        let waiting: Promise<unknown> | undefined;
        const take = async (): Promise<Result> => {
            while (index >= items.length) {
                const { done, value } = await pages.next();
                if (done) return { done, value };
                [items, index] = [value[this.#field] as ItemOf<Page, Field>[], 0];
            }
            return { done: false, value: items[index++]! };
        };
        return {
            // Not a generator: most items wait for nothing.
            next(): Promise<Result> {
                if (waiting === undefined && index < items.length) {
                    return Promise.resolve({ done: false, value: items[index++]! });
                }
                const taken = waiting === undefined ? take() : waiting.then(take);
                const settled: Promise<unknown> = taken.then(
                    () => void (waiting === settled && (waiting = undefined)),
                    () => void (waiting === settled && (waiting = undefined)),
                );
                waiting = settled;
                return taken;
            },
            async return(): Promise<Result> {
                [items, index] = [[], 0];
                await pages.return();
                return { done: true, value: undefined };
            },
        };
    }
}
