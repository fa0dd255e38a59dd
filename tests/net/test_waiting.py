"""Which request comes next."""

from __future__ import annotations

import asyncio
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.net.waiting import RequestQueue
from etl.records import Request


def feed(host: int, number: int) -> Request:
    """Return a request at a host."""
    return Request(key=f"{host}/{number}", url=f"http://{host}.test/{number}", kind="feed")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=30),
    st.integers(1, 3),
    st.integers(1, 6),
)
def test_every_request_is_handed_out_once_and_within_the_limits(
    wanted: list[tuple[int, int]], per_host: int, most: int
) -> None:
    """Whatever the hosts ask for; of one host in the order given."""
    requests = [feed(host, number) for number, (host, _) in enumerate(wanted)]
    waits = {f"{host}.test": wait * 0.001 for host, wait in wanted}
    handed: list[Request] = []
    out: Counter[str] = Counter()

    async def work(queue: RequestQueue, request: Request, host: str) -> None:
        await asyncio.sleep(0)
        out[host] -= 1
        queue.put_back(request)

    async def run() -> None:
        last = dict.fromkeys(waits, 0.0)

        def wait_s(host: str) -> float:
            return last[host] + waits[host] - asyncio.get_running_loop().time()

        queue = RequestQueue(requests, wait_s=wait_s, per_host=per_host, most=most)
        async with asyncio.TaskGroup() as group:
            while (request := await queue.take()) is not None:
                host = request.url.split("/")[2]
                last[host] = asyncio.get_running_loop().time()
                handed.append(request)
                out[host] += 1
                assert out[host] <= per_host
                assert out.total() <= most
                group.create_task(work(queue, request, host))

    asyncio.run(run())
    assert sorted(one.key for one in handed) == sorted(one.key for one in requests)
    for host in waits:
        mine = [one.key for one in handed if f"//{host}/" in one.url]
        assert mine == [one.key for one in requests if f"//{host}/" in one.url]


def test_a_host_that_wants_to_be_left_alone_holds_back_nobody() -> None:
    """Not even when only one request may be out at a time."""

    async def run() -> list[str]:
        queue = RequestQueue(
            [feed(1, n) for n in range(3)] + [feed(2, n) for n in range(3)],
            wait_s=lambda host: 3600.0 if host == "1.test" else 0.0,
            per_host=2,
            most=1,
        )
        keys = []
        for _ in range(3):
            request = await queue.take()
            assert request is not None
            keys.append(request.key)
            queue.put_back(request)
        return keys

    assert asyncio.run(run()) == ["2/0", "2/1", "2/2"]
