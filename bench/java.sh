# Sourced by the commands of bench/ in the repository's root: builds the load program and sets
# $java and $java_options to run it.

java_25() {
  local home
  for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java)" || true)")")" \
    /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -x "$home/bin/java" ] && "$home/bin/java" -version 2>&1 | grep -qE 'version "(2[5-9]|[3-9][0-9])'; then
      echo "$home/bin/java"
      return
    fi
  done
  echo "JDK 25 is not installed; see CONTRIBUTING.md, or set JAVA_HOME to one." >&2
  return 1
}

java=$(java_25)
mvn -q -B -pl bench -am package -DskipTests
class_path=bench/target/classes:$(ls bench/target/lib/*.jar | paste -sd: -)
# Small and serial, since the client shares the machine with what it measures; and without the second
# compiler, so that it is no faster in the last round than in the first.
java_options=(-XX:TieredStopAtLevel=1 -Dsun.net.httpserver.nodelay=true -Xms256m -Xmx256m -XX:+UseSerialGC -cp "$class_path")
