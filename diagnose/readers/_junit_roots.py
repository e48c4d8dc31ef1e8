"""Roots of XML documents that are not JUnit's, and whose they are."""

from collections.abc import Mapping

JUNIT = ("testsuites", "testsuite", "testcase", "testrun", "gtester", "tusar")
FOREIGN = {
    "CUNIT_TEST_RUN_REPORT": "CUnit results",
    "CoverageSession": "OpenCover coverage",
    "MTM": "Microsoft Test Manager results",
    "ResultsSession": "Parasoft C++test results",
    "Result": "Android CTS results",
    "Site": "CTest results",
    "TestCase": "Qt Test results",
    "TestLog": "Boost.Test log",
    "TestResult": "Boost.Test results",
    "TestResults": "FPCUnit results",
    "assemblies": "xUnit.net results",
    "assembly": "xUnit.net 1 results",
    "checkstyle": "Checkstyle findings",
    "coverage": "coverage (Cobertura or Clover)",
    "html": "an HTML page",
    "jacoco": "JaCoCo coverage",
    "project": "a build file",
    "report": "JaCoCo coverage",
    "report-result": "MbUnit results",
    "robot": "Robot Framework results",
    "test-results": "NUnit 2 results",
    "test-run": "NUnit 3 results",
    "test-suite": "Allure 1 or NUnit results",
    "testExecutions": "SonarQube test executions",
    "testResults": "JMeter results",
    "testng-results": "TestNG results",
    "unittest-results": "UnitTest++ results",
    "valgrindoutput": "Valgrind findings",
}
TRX = "microsoft.com"


def foreign(root: str, attributes: Mapping[str, str]) -> str:
    """Name the format that has this root; empty where it may be JUnit's."""
    if root == "TestRun":
        trx = TRX in attributes.get("xmlns", "") or "runUser" in attributes
        return "Visual Studio results (TRX)" if trx else "AUnit or CppUnit results"
    return FOREIGN.get(root, "")
