"""Scrapy settings of every crawl: polite, bounded, honest about who asks."""

from __future__ import annotations

from importlib.metadata import version

BOT_NAME = "splinterlog"
USER_AGENT = (
    f"Splinterlog/{version('splinterlog')} (+https://github.com/splinterlog/splinterlog; contact@splinterlog.example)"
)

ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Splinterlog"
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0  # seconds
AUTOTHROTTLE_MAX_DELAY = 60.0  # seconds
DOWNLOAD_DELAY = 0.5  # seconds
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 2
# The default makes a hundred tasks for each response, though a page yields one item.
CONCURRENT_ITEMS = 1

DOWNLOAD_TIMEOUT = 30  # seconds
DNS_TIMEOUT = 10  # seconds
DOWNLOAD_MAXSIZE = 10_000_000  # bytes, after decompression too
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
CLOSESPIDER_TIMEOUT = 1800  # seconds for one source; the rest of it comes the next night
SOURCES_AT_ONCE = 32
STOP_GRACE = 60  # seconds that what is under way has, once the crawl is to end
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 1
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False
REFERER_ENABLED = False
STATS_DUMP = False
LOG_LEVEL = "ERROR"

RETRY_AFTER_LONGEST = 60  # seconds

HTTPCACHE_ENABLED = True
HTTPCACHE_POLICY = "crawlers.freshness.Policy"
HTTPCACHE_STORAGE = "crawlers.freshness.ValidatorStorage"
# No body is stored, so what forbids that forbids nothing here.
HTTPCACHE_IGNORE_RESPONSE_CACHE_CONTROLS = ["no-store", "no-cache", "must-revalidate"]

KEEP_RAW = True
"""Whether a run writes what goes over the wire to WARC files beside the archive."""

TWISTED_DNS_RESOLVER = "crawlers.resolver.PublicResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawlers.downloading.BoundedHandler")
DOWNLOADER_MIDDLEWARES = {
    "crawlers.middlewares.AddressGuard": 10,
    "crawlers.warc.writing.KeepRaw": 950,
    "crawlers.freshness.Revalidation": 900,
    "crawlers.waiting.RetryAfter": 560,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    # Between what unpacks and what tries again: a challenge is not to be pressed.
    "crawlers.middlewares.ContentGuard": 580,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    f"scrapy.extensions.{name}": None
    for name in (
        "telnet.TelnetConsole",
        "memusage.MemoryUsage",
        "memdebug.MemoryDebugger",
        "feedexport.FeedExporter",
        "logstats.LogStats",
        "spiderstate.SpiderState",
        "remote_control.RemoteControl",
    )
}
ITEM_PIPELINES = {"crawlers.pipelines.ArchivePipeline": 100}

LOCAL = {"AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0}
"""Settings for a source on this machine or network, which needs no sparing."""
