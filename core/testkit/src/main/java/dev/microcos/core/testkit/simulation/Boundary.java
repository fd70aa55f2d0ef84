package dev.microcos.core.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** The edge of a process: faults strike at each call of a port, before it and after it. */
final class Boundary {

  private final String process;
  private final Faults faults;

  Boundary(String process, Faults faults) {
    this.process = process;
    this.faults = faults;
  }

  /** The port as the process sees it: its calls can fail. */
  <P> P failing(Class<? super P> port, P real) {
    return around(port, real, true);
  }

  /** The port as the process sees it: its calls never fail, but the process can die at them. */
  <P> P unfailing(Class<? super P> port, P real) {
    return around(port, real, false);
  }

  /** Does one thing outside of the process. */
  void cross(String what, Runnable work) {
    String call = process + " " + what;
    faults.before(call, false);
    work.run();
    faults.after(call, false);
  }

  @SuppressWarnings("unchecked") // the proxy has the port's type, whatever that is of
  private <P> P around(Class<? super P> port, P real, boolean fails) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> called(port, real, fails, method, arguments));
    return (P) proxy;
  }

  private Object called(
      Class<?> port, Object real, boolean fails, Method method, Object[] arguments)
      throws Throwable {
    String call = process + " " + port.getSimpleName() + "." + method.getName();
    boolean can = fails && !method.getName().equals("keepSnapshot");
    faults.before(call, can);
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    faults.after(call, can);
    return result;
  }
}
