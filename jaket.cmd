@echo off
rem The jaket command, from a checkout: jaket.cmd --help
rem Builds itself on first use. After a change of sources: rmdir /s /q .jaket
rem JAKET_JAVA_OPTS: further options for the JVM, separated by spaces, such as -Xmx8g.
setlocal
set "HERE=%~dp0"
set "APP=%HERE%.jaket\build\cli"
call "%HERE%bin\find-jdk.cmd" || exit /b 1

if exist "%HERE%.jaket\built" goto :start
echo building jaket (first use) ... 1>&2
pushd "%HERE%"
call mvnw.cmd -B -q -Dlauncher -Dfast -Dmaven.test.skip=true -pl cli -am package 1>&2
if errorlevel 1 (
  popd
  exit /b 1
)
popd
type nul > "%HERE%.jaket\built"

:start
set "MODULES="
for %%c in (run explain sample detect) do (
  if /i "%~1"=="%%c" set "MODULES=--add-modules=jdk.incubator.vector"
)
"%JAVA_HOME%\bin\java" -XX:+UseParallelGC -XX:MaxRAMPercentage=50 ^
  -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%HERE%.jaket\jaket.jsa" ^
  -Xlog:disable -Xlog:all=error,aot*=off,cds*=off:stderr ^
  %MODULES% %JAKET_JAVA_OPTS% -cp "%APP%\*;%APP%\lib\*" org.jaket.cli.Main %*
