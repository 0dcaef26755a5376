"""What all tests share: logs go to the standard library's logging, plain."""

import structlog

structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.stdlib.render_to_log_kwargs],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
