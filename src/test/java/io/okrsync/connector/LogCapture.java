package io.okrsync.connector;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged meanwhile, down to TRACE. Left out are the loggers of the HTTP client
 * that print requests as they leave: whoever turns those on asks for the headers.
 */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final List<String> WIRE =
      List.of("org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.wire");

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public LogCapture() {
    WIRE.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.INFO));
    setContext(root.getLoggerContext());
    start();
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    root.addAppender(this);
    root.setLevel(Level.TRACE);
  }

  public List<String> lines() {
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
    for (IThrowableProxy e = event.getThrowableProxy(); e != null; e = e.getCause()) {
      lines.add(e.getClassName() + " " + e.getMessage());
    }
  }

  @Override
  public void close() {
    root.setLevel(before);
    root.detachAppender(this);
    others.forEach(root::addAppender);
    stop();
  }

  static String shown(@Nullable Throwable thrown) {
    StringBuilder all = new StringBuilder();
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      all.append(e).append('\n');
    }
    return all.toString();
  }
}
