package org.flow6.northbound.api;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An API over a store in a folder, empty before each test, where nobody has to say who they are. */
abstract class ApiScene {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    ApiCalls api;

    Caller caller() {
        return Caller.ANYBODY;
    }

    @BeforeEach
    final void openStore() {
        api = ApiCalls.over(folder).as(caller().project(), caller().role());
    }

    @AfterEach
    final void closeStore() {
        api.close();
    }
}
