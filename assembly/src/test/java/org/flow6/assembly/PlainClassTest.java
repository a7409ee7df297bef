package org.flow6.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class PlainClassTest {

    @SuppressWarnings("ArrayRecordComponent") // as any other component may be
    public record All(
            boolean flag,
            byte small,
            char letter,
            short number,
            int count,
            long size,
            float share,
            double part,
            @Nullable String text,
            @Nullable Object other,
            int @Nullable [] many) {}

    public record None() {}

    public interface Outer {
        record Inner(List<String> names) implements Outer {}
    }

    private static final int[] SOME = {1, 2};

    private static List<Object[]> values() {
        Object[] usual = {true, (byte) -1, 'x', (short) 7, 42, 1L << 40, 0.5f, -0.0, "text", List.of(1), SOME};
        Object[] other = {false, (byte) 1, 'y', (short) 8, 43, 2L << 40, Float.NaN, 0.0, null, null, null};
        List<Object[]> all = new ArrayList<>(List.of(usual, other));
        for (int i = 0; i < usual.length; i++) {
            Object[] differing = usual.clone();
            differing[i] = other[i];
            all.add(differing);
        }
        return all;
    }

    @Test
    void recordsAreEqualHashAndReadAsBefore() throws Exception {
        Constructor<?> before = All.class.getDeclaredConstructors()[0];
        Constructor<?> after = plain(All.class).getDeclaredConstructors()[0];
        for (Object[] values : values()) {
            Object one = before.newInstance(values);
            Object plain = after.newInstance(values);
            assertThat(plain).hasToString(one.toString());
            assertThat(plain.hashCode()).isEqualTo(one.hashCode());
            for (Object[] others : values()) {
                assertThat(plain.equals(after.newInstance(others)))
                        .as("%s and %s", Arrays.toString(values), Arrays.toString(others))
                        .isEqualTo(one.equals(before.newInstance(others)));
            }
            assertThat(plain.equals(one)).isFalse();
            assertThat(plain.equals(null)).isFalse();
        }
    }

    @Test
    void recordsWithoutComponentsAndThoseInOthersHaveTheirSimpleNames() throws Exception {
        Constructor<?> none = plain(None.class).getDeclaredConstructors()[0];
        assertThat(none.newInstance())
                .hasToString("None[]")
                .hasSameHashCodeAs(new None())
                .isEqualTo(none.newInstance());
        Object inner = plain(Outer.Inner.class).getDeclaredConstructors()[0].newInstance(List.of("a", "b"));
        assertThat(inner).hasToString("Inner[names=[a, b]]").hasSameHashCodeAs(new Outer.Inner(List.of("a", "b")));
    }

    @Test
    void textsArePutTogetherAsBefore() throws Exception {
        Class<?> joining = defined(ConcatClass.of());
        Object text = joining.getMethod(
                        "joined", String.class, Object.class, char.class, long.class, byte.class, int[].class)
                .invoke(null, null, List.of(1), 'c', 5L, (byte) -3, null);
        assertThat(text).isEqualTo("<null|[1]c constant5-3null>");
    }

    @Test
    void nothingIsAskedForAnyMore() throws IOException {
        for (Class<?> one : List.of(All.class, None.class, Outer.Inner.class)) {
            assertThat(makers(classFile(one))).contains("java/lang/runtime/ObjectMethods");
            assertThat(makers(PlainClass.of(classFile(one)))).isEmpty();
        }
        assertThat(makers(PlainClass.of(ConcatClass.of()))).isEmpty();
    }

    @Test
    void otherClassesStayAsTheyAre() throws IOException {
        Function<String, String> lambda = text -> text;
        assertThat(lambda.apply("x")).isEqualTo("x");
        byte[] file = classFile(PlainClassTest.class);
        assertThat(makers(file)).contains("java/lang/invoke/LambdaMetafactory");
        assertThat(PlainClass.of(file)).isSameAs(file);
    }

    private static Class<?> plain(Class<?> of) throws IOException {
        return defined(PlainClass.of(classFile(of)));
    }

    private static Class<?> defined(byte[] file) {
        return new ClassLoader(PlainClassTest.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(null, file, 0, file.length);
            }
        }.define();
    }

    private static byte[] classFile(Class<?> of) throws IOException {
        String name = of.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(of.getClassLoader()).getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** Who is to make code for a class as it runs. */
    private static Stream<String> makers(byte[] classFile) {
        List<String> makers = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String type,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitInvokeDynamicInsn(
                                            String asked, String askedType, Handle maker, Object... details) {
                                        makers.add(maker.getOwner());
                                    }
                                };
                            }
                        },
                        0);
        return makers.stream();
    }
}
