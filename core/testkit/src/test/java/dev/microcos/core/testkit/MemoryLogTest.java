package dev.microcos.core.testkit;

import dev.microcos.core.application.port.UserLog;
import dev.microcos.core.domain.id.Person;

class MemoryLogTest extends UserLogContract {

  private final MemoryLog log = new MemoryLog();
  private int people;

  @Override
  protected UserLog log() {
    return log;
  }

  @Override
  protected Person newPerson() {
    return People.person("person " + people++);
  }
}
