"""Takes webhooks of wearables and hands them on. A sample for the sandbox: it is built and tagged there, never run."""

import asyncio
import os

from aiohttp import web
from prometheus_client import Counter, Gauge, Histogram, generate_latest

REQUESTS = Counter("webhook_requests_total", "Webhooks answered", ["source", "status"])
DURATION = Histogram("webhook_duration_seconds", "Time from request to answer", ["source"])
ACTIVE = Gauge("active_webhook_tasks", "Webhooks in work")
EVENT_BYTES = Histogram("biometric_event_bytes", "Size of events", ["source"])
WAIT = Histogram("semaphore_wait_seconds", "Wait for a turn")

TURNS = asyncio.Semaphore(int(os.environ.get("MAX_CONCURRENT_WEBHOOKS", "40")))


async def webhook(request: web.Request) -> web.Response:
    source = request.match_info["source"]
    body = await request.read()
    EVENT_BYTES.labels(source).observe(len(body))
    with WAIT.time():
        await TURNS.acquire()
    try:
        with ACTIVE.track_inprogress(), DURATION.labels(source).time():
            REQUESTS.labels(source, "202").inc()
            return web.json_response({"accepted": True}, status=202)
    finally:
        TURNS.release()


async def health(_: web.Request) -> web.Response:
    return web.json_response({"status": "healthy", "version": os.environ.get("BRIDGE_VERSION", "unknown")})


async def metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), content_type="text/plain")


def main() -> None:
    app = web.Application()
    app.router.add_post("/webhooks/{source}", webhook)
    app.router.add_get("/health", health)
    app.router.add_get("/ready", health)
    app.router.add_get("/metrics", metrics)
    web.run_app(app, port=8000)


if __name__ == "__main__":
    main()
