package org.flow6.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class with code where it asks Java to make some as it runs: for a record's own {@code equals}, {@code hashCode} and
 * {@code toString} ({@link java.lang.runtime.ObjectMethods}) and for texts put together
 * ({@link java.lang.invoke.StringConcatFactory}). Both cost milliseconds each at every start, and what they make goes
 * through method handles, which are slow with Java's quick compiler. The code does the same to the last bit.
 */
final class PlainClass extends ClassVisitor {
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";
    private static final String TEXTS = "java/lang/invoke/StringConcatFactory";
    private static final String PREFIX = "plain$";

    private final List<Consumer<MethodWriting>> made = new ArrayList<>();
    private String name = "";
    private String simpleName = "";
    private boolean isInterface;

    private PlainClass(ClassWriter writer) {
        super(Opcodes.ASM9, writer);
    }

    /** The same class file if it asks for nothing of that. */
    static byte[] of(byte[] classFile) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        PlainClass plain = new PlainClass(writer);
        new ClassReader(classFile).accept(plain, 0);
        return plain.made.isEmpty() ? classFile : writer.toByteArray();
    }

    @Override
    public void visit(
            int version,
            int access,
            String called,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        super.visit(version, access, called, signature, superName, interfaces);
        name = called;
        simpleName = called.substring(called.lastIndexOf('/') + 1);
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    }

    @Override
    public void visitInnerClass(String inner, @Nullable String outer, @Nullable String simple, int access) {
        super.visitInnerClass(inner, outer, simple, access);
        if (inner.equals(name) && simple != null) {
            simpleName = simple;
        }
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String type, @Nullable String signature, String @Nullable [] exceptions) {
        return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, method, type, signature, exceptions)) {
            @Override
            public void visitInvokeDynamicInsn(String asked, String askedType, Handle maker, Object... details) {
                String helper = helper(asked, askedType, maker, details);
                if (helper == null) {
                    super.visitInvokeDynamicInsn(asked, askedType, maker, details);
                } else {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, name, helper, askedType, isInterface);
                }
            }
        };
    }

    /** The name of a method that does what is asked for; null if it is asked for something else. */
    private @Nullable String helper(String asked, String type, Handle maker, Object[] details) {
        if (maker.getOwner().equals(RECORDS)) {
            RecordMethods record = new RecordMethods(name, simpleName, details);
            String helper = PREFIX + asked;
            made.add(writing -> record.write(asked, writing.method(helper, type)));
            return helper;
        }
        boolean text = maker.getOwner().equals(TEXTS) && maker.getName().equals("makeConcatWithConstants");
        if (text && Stream.of(details).allMatch(String.class::isInstance)) {
            String helper = PREFIX + "text$" + made.size();
            made.add(writing -> Texts.write(type, details, writing.method(helper, type)));
            return helper;
        }
        return null;
    }

    /** Where methods are added to the class. */
    private interface MethodWriting {
        MethodVisitor method(String helper, String type);
    }

    @Override
    public void visitEnd() {
        made.forEach(one -> one.accept((helper, type) -> {
            MethodVisitor method = super.visitMethod(
                    Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, helper, type, null, null);
            method.visitCode();
            return method;
        }));
        super.visitEnd();
    }
}
