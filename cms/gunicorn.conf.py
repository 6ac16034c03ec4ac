"""How gunicorn serves the hub: `gunicorn -c cms/gunicorn.conf.py cms.wsgi`."""

import sys

from cms.environment import Environment

env = Environment()

_host = env.text("HOST", "127.0.0.1")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{env.number('PORT', 8000, least=1)}"
workers = env.number("WEB_WORKERS", 2, least=1, most=64)
threads = env.number("WEB_THREADS", 4, least=1, most=64)
loglevel = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO").lower()
accesslog = "-" if env.flag("ACCESS_LOG") else None

worker_class = "cms.worker.Worker"  # with threads: bare sync workers die under slow clients
http_parser = "python"  # the one that our worker teaches to read the letters of an address
reuse_port = True  # otherwise one worker keeps every connection that stays open
preload_app = True  # what is wrong is said once, before any worker starts
control_socket_disable = True  # gunicorn would open one in the home folder
limit_request_line = 8_190  # what is over 6,000 is refused in our own words
graceful_timeout = 10
timeout = 60
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000

if env.refused:
    sys.exit(f"Misto cannot start: {env.refused[0]}")
