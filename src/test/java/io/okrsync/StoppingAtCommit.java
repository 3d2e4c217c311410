package io.okrsync;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line as a process that says on its output that it has come to one of its commits, so
 * that it can be killed there: before it, where it stops for good; after it, the same; or while it
 * commits. Transactions that only read are not counted.
 */
public final class StoppingAtCommit {
  /** Which commit, such as {@code before 3}; none where it is not set. */
  static final String AT = "okrsync.commit";

  /** What it says when it has come there; the number and the method of the store follow. */
  static final String SAID = "at commit ";

  private static final Pattern WRITES =
      Pattern.compile("\\s*(insert|update|delete|merge|with|copy|truncate)\\b.*", Pattern.DOTALL);

  private static final AtomicInteger COMMITS = new AtomicInteger();
  private static final String[] WANTED = System.getProperty(AT, "never 0").split(" ");

  private StoppingAtCommit() {}

  /** Where, seen from a commit, the process is killed. */
  enum Side {
    BEFORE,
    WHILE,
    AFTER
  }

  public static void main(String[] arguments) throws SQLException {
    for (Driver driver : DriverManager.drivers().toList()) {
      DriverManager.deregisterDriver(driver);
      DriverManager.registerDriver(new Watched(driver));
    }
    Main.main(arguments);
  }

  private static final class Transactions implements InvocationHandler {
    private final Connection connection;
    private boolean written;

    Transactions(Connection connection) {
      this.connection = connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      written |=
          method.getName().startsWith("prepare")
              && arguments != null
              && WRITES.matcher(arguments[0].toString().toLowerCase(Locale.ROOT)).matches();
      if (!written || !method.getName().equals("commit")) {
        return invoke(method, arguments);
      }
      written = false;
      int number = COMMITS.incrementAndGet();
      stopIf(Side.BEFORE, number);
      stopIf(Side.WHILE, number);
      Object nothing = invoke(method, arguments);
      stopIf(Side.AFTER, number);
      return nothing;
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException failure) {
        throw failure.getCause();
      }
    }
  }

  private static void stopIf(Side side, int number) {
    if (!WANTED[0].equalsIgnoreCase(side.name()) || Integer.parseInt(WANTED[1]) != number) {
      return;
    }
    System.out.println("\n" + SAID + number + ", " + method());
    System.out.flush();
    while (side != Side.WHILE) {
      LockSupport.park();
    }
  }

  /** The method of the store whose commit it is, such as {@code append}. */
  private static String method() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(it -> it.getClassName().equals("io.okrsync.store.Store"))
                    .filter(it -> !it.getMethodName().contains("lambda"))
                    .findFirst()
                    .map(StackWalker.StackFrame::getMethodName)
                    .orElse("other"));
  }

  /** A driver whose connections are watched. */
  private record Watched(Driver driver) implements Driver {
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      Connection connection = driver.connect(url, info);
      return connection == null
          ? null
          : (Connection)
              Proxy.newProxyInstance(
                  StoppingAtCommit.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  new Transactions(connection));
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
      return driver.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
      return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
      return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
      return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
      return driver.getParentLogger();
    }
  }
}
